"""Settings of the processes that the tests start: the demo shop's, with the tests' kinds of job registered as well."""

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.jobs.apps.KindsConfig"]
DEBUG = False
