"""Who sees which variant of what. Assignment is computed by hashing; a row records that someone was exposed."""

from math import isfinite
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Experiment", "Exposure"]

MAX_NAME = 40


class Experiment(models.Model):
    """A comparison of variants. ``variants`` maps a variant's name to its weight."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    variants = models.JSONField(_("variants and weights"), default=dict)
    is_running = models.BooleanField(_("running"), default=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("experiment")
        verbose_name_plural = _("experiments")

    def __str__(self) -> str:
        return self.key

    def clean(self) -> None:
        """Raises ValidationError for variants that nobody could be given: they would fail in the shop's pages."""
        weights = self.variants.values() if isinstance(self.variants, dict) else ()
        if not all(_is_weight(weight) for weight in weights) or not any(weights):
            said = _('Name each variant with a weight, at least one above 0, such as {"red": 1, "blue": 1}.')
            raise ValidationError({"variants": said})
        if not all(0 < len(name) <= MAX_NAME for name in self.variants):
            raise ValidationError(
                {"variants": _("A variant's name has 1 to %(most)d characters.") % {"most": MAX_NAME}}
            )


def _is_weight(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and isfinite(value)


class Exposure(models.Model):
    """The first time someone met a variant. ``unit`` names the customer ("c:12") or the visitor ("v:…")."""

    experiment = models.ForeignKey(Experiment, on_delete=models.CASCADE, related_name="exposures")
    unit = models.CharField(max_length=60)
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    variant = models.CharField(max_length=MAX_NAME)
    occurred_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        constraints = [models.UniqueConstraint(fields=["experiment", "unit"], name="retail_ai_exposure_once")]

    def __str__(self) -> str:
        return f"{self.unit}: {self.variant}"
