"""PostgreSQL extensions, and the one dependency on the shop: its product's table must stand before ours."""

from django.conf import settings
from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations
from pgvector.django import VectorExtension

_app_label = settings.RETAIL_AI_PRODUCT_MODEL.split(".")[0]


class Migration(migrations.Migration):
    dependencies = [
        (_app_label, getattr(settings, "RETAIL_AI_PRODUCT_MIGRATION", None) or "__first__"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [VectorExtension(), TrigramExtension(), UnaccentExtension()]
