"""Campaigns keep a share of their audience unmailed; those made before mailed everyone, and say so."""

from django.core.validators import MaxValueValidator
from django.db import migrations, models

SAID = (
    "So many of a hundred customers, drawn at random, get no mail: who buys among them shows what the mails changed. "
    "0 means everyone is mailed."
)
STATES = [
    ("ready", "ready"),
    ("sending", "being sent"),
    ("sent", "sent"),
    ("failed", "failed"),
    ("skipped", "skipped"),
    ("unknown", "unknown"),
    ("held", "held out"),
]


def percent(usual: int) -> models.Field:
    return models.PositiveSmallIntegerField(
        default=usual, help_text=SAID, validators=[MaxValueValidator(50)], verbose_name="held out, in percent"
    )


class Migration(migrations.Migration):
    dependencies = [("retail_ai", "0018_events_of_guests")]
    operations = [
        migrations.AddField("campaign", "holdout_percent", percent(0)),
        migrations.AlterField("campaign", "holdout_percent", percent(10)),
        migrations.AlterField(
            "campaignrecipient",
            "state",
            models.CharField(choices=STATES, default="ready", max_length=8, verbose_name="state"),
        ),
    ]
