from django.apps import AppConfig


class KindsConfig(AppConfig):
    """Registers the tests' kinds of job in a worker process."""

    name = "tests.jobs"
    label = "jobs_tests"

    def ready(self):
        import tests.jobs.kinds  # noqa: F401
