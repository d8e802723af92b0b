"""PostgreSQL extensions, and the one dependency on the shop: its product's table must stand before ours."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations

_app_label = settings.RETAIL_AI_PRODUCT_MODEL.split(".")[0]


class KeptExtension(CreateExtension):
    """Made where it is missing, and left when the app's tables go: the shop's own queries may use it."""

    def database_backwards(self, *args: Any) -> None:
        pass


class Migration(migrations.Migration):
    dependencies = [
        (_app_label, getattr(settings, "RETAIL_AI_PRODUCT_MIGRATION", None) or "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [KeptExtension("vector"), KeptExtension("pg_trgm"), KeptExtension("unaccent")]
