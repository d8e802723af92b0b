"""Names of suppliers that stood in their terms become suppliers of their own."""

from django.db import migrations


def name_suppliers(apps, schema_editor):
    policy, supplier = apps.get_model("retail_ai", "SupplierPolicy"), apps.get_model("retail_ai", "Supplier")
    for row in policy.objects.exclude(name=""):
        row.supplier, _made = supplier.objects.get_or_create(name=row.name)
        row.save(update_fields=["supplier"])


def write_names(apps, schema_editor):
    for row in apps.get_model("retail_ai", "SupplierPolicy").objects.exclude(supplier=None).select_related("supplier"):
        row.name = row.supplier.name
        row.save(update_fields=["name"])


class Migration(migrations.Migration):
    dependencies = [("retail_ai", "0007_suppliers_and_orders")]
    operations = [migrations.RunPython(name_suppliers, write_names)]
