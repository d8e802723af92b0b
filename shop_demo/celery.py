"""The shop's Celery application. ``celery -A shop_demo worker`` by hand joins the demo's embedded services."""

import os
import sys
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop_demo.settings")

if Path(sys.argv[0]).name == "celery" and not {"DATABASE_URL", "CELERY_BROKER_URL"} <= os.environ.keys():
    from retail_ai.embedded import provide

    # Before the settings are read. The services live as long as this process, at least.
    provide(Path(os.environ.get("RETAIL_AI_DEMO_DIR") or Path(__file__).resolve().parent.parent / ".demo"))

app = Celery("shop_demo")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
