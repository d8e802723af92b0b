"""The owner's rules for slates: pin, boost, bury or exclude products, for one slate or all, between two moments."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.stores.fields import ProductForeignKey

__all__ = ["SlateRule"]

# (key, what the owner reads); the keys are those of ``slates.SLATES``.
SLATE_NAMES = (
    ("for_you", _("For you")), ("similar", _("Similar products")), ("bought_together", _("Often bought together")),
    ("complete_cart", _("Complete your cart")), ("buy_again", _("Buy again")),
    ("recently_viewed", _("Recently viewed")), ("popular", _("Popular now")), ("trending", _("Trending")),
    ("new_for_you", _("New for you")), ("because_you_searched", _("Because you searched")),
    ("need", _("Matches for a need in words")),
)  # fmt: skip


class SlateRule(models.Model):
    """What to do with which products, where and when. One of product, category and brand says which."""

    class Action(models.TextChoices):
        PIN = "pin", _("pin to a place")
        BOOST = "boost", _("boost")
        BURY = "bury", _("show last")
        EXCLUDE = "exclude", _("exclude")

    action = models.CharField(_("action"), max_length=8, choices=Action)
    slate = models.CharField(_("slate"), max_length=40, blank=True, choices=SLATE_NAMES, help_text=_("Empty: all."))
    on_category = models.CharField(
        _("on pages of the category"), max_length=200, blank=True,
        help_text=_("Only where the page's product is in this category. Empty: everywhere."),
    )  # fmt: skip
    product = ProductForeignKey(null=True, blank=True, related_name="+", verbose_name=_("product"))
    category = models.CharField(_("category"), max_length=200, blank=True, help_text=_("Its products, at any depth."))
    brand = models.CharField(_("brand"), max_length=200, blank=True)
    factor = models.FloatField(
        _("boost by"), default=1.5, validators=[MinValueValidator(0.01), MaxValueValidator(100)],
        help_text=_("What the score is multiplied by; below 1 it is lowered. For “boost” only."),
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(
        _("place"), default=1, validators=[MinValueValidator(1), MaxValueValidator(50)], help_text=_("For “pin” only.")
    )
    starts_at = models.DateTimeField(_("from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("slate rule")
        verbose_name_plural = _("slate rules")
        indexes = [models.Index(fields=["slate"], name="retail_ai_rule_active", condition=Q(is_active=True))]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.product or self.category or self.brand}"

    def clean(self) -> None:
        """Raises ValidationError for no or several targets, for pinning a group, and for an end before a start."""
        targets = [name for name in ("product", "category", "brand") if _value(self, name)]
        if len(targets) != 1:
            raise ValidationError(_("Choose exactly one of product, category and brand."))
        if self.action == self.Action.PIN and targets != ["product"]:
            raise ValidationError({"product": _("Only a single product can be pinned.")})
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end must be after the start.")})


def _value(rule: SlateRule, name: str) -> Any:
    return getattr(rule, "product_id" if name == "product" else name)
