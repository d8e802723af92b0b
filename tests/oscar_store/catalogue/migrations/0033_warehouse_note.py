from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0032_category_exclude_from_menu_category_long_description")]
    operations = [
        migrations.AddField("product", "warehouse_note", models.CharField(max_length=80, blank=True)),
    ]
