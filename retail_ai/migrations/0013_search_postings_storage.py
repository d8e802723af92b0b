"""Lets searches read a word's products with their weights from the key's index alone."""

from django.db import migrations

_KEY = "ALTER TABLE retail_ai_posting DROP CONSTRAINT retail_ai_posting_pkey, ADD PRIMARY KEY (term, product_id)"


class Migration(migrations.Migration):
    dependencies = [("retail_ai", "0012_search_postings")]
    operations = [migrations.RunSQL(f"{_KEY} INCLUDE (weight, frequency, length, counts)", _KEY)]
