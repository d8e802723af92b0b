"""Finds a product by its whole title without looking at those that are like it."""

from django.contrib.postgres.indexes import HashIndex
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("retail_ai", "0016_returns_and_likeness")]
    operations = [
        migrations.AddIndex("catalogentry", HashIndex(fields=["title"], name="retail_ai_entry_exact_title")),
    ]
