import tests.jobs.kinds  # noqa: F401
