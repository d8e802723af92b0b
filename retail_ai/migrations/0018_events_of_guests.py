"""An index on the events of people who are not signed in, made while the shop goes on writing."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("retail_ai", "0017_exact_titles")]
    operations = [
        AddIndexConcurrently(
            model_name="event",
            index=models.Index(
                condition=models.Q(("customer__isnull", True), models.Q(("visitor", ""), _negated=True)),
                fields=["visitor"],
                name="retail_ai_event_guest",
            ),
        )
    ]
