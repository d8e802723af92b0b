"""The demo shop's settings for the serving benchmark: as in production, and nobody is throttled while being timed."""

from shop_demo.settings import *  # noqa: F403
from shop_demo.settings import RETAIL_AI

DEBUG = False
RETAIL_AI = {**RETAIL_AI, "THROTTLE_RATES": {"recommendations": None, "events": None}}
