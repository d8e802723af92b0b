"""Keeps vectors in the table's own pages: 512 numbers are just above the size that PostgreSQL moves out of line,
where an exact scan reads them five times slower."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("retail_ai", "0002_tables")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE retail_ai_productvector ALTER COLUMN embedding SET STORAGE MAIN",
            "ALTER TABLE retail_ai_productvector ALTER COLUMN embedding SET STORAGE EXTERNAL",
        )
    ]
