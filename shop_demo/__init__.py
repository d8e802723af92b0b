"""The demo shop: a small real Django store into which retail_ai is installed the way any shop would do it."""

from shop_demo.celery import app as celery_app

__all__ = ["celery_app"]
