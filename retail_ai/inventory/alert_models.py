"""Tables of stock alerts and of the staff who asked to have them by mail."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.stores.fields import ProductForeignKey


class StockAlert(models.Model):
    """Something that somebody should look at. One row a product and kind: it opens again when it comes again."""

    class Kind(models.TextChoices):
        LOW = "low", _("runs out before an order is here")
        OUT = "out", _("out of stock")
        SPIKE = "spike", _("sells far more than forecast")
        DROP = "drop", _("sells far less than forecast")
        BROKEN = "broken", _("forecast not to be believed")
        STALE = "stale", _("forecasts are old")
        LATE = "late", _("delivery is late")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        SNOOZED = "snoozed", _("snoozed")
        DISMISSED = "dismissed", _("dismissed")
        OVER = "over", _("over")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, db_index=True)
    product = ProductForeignKey(null=True, blank=True, related_name="+", verbose_name=_("product"))
    order = models.ForeignKey(
        "retail_ai.PurchaseOrder", on_delete=models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    # Money at stake, in the shop's currency, to sort by; None where it cannot be told.
    at_stake = models.DecimalField(_("at stake"), max_digits=14, decimal_places=2, null=True, blank=True)
    snoozed_until = models.DateField(_("snoozed until"), null=True, blank=True)
    first_seen = models.DateTimeField(_("since"), default=timezone.now)
    last_seen = models.DateTimeField(_("last seen"), default=timezone.now)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )

    class Meta:
        app_label = "retail_ai"
        ordering = ["-first_seen", "-pk"]
        verbose_name = _("stock alert")
        verbose_name_plural = _("stock alerts")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "product", "order"], name="retail_ai_alert_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.product_id or self.order_id or '—'}"


class AlertSubscription(models.Model):
    """A member of staff who asked for the digest of new alerts by mail."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("user")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("subscription to stock alerts")
        verbose_name_plural = _("subscriptions to stock alerts")

    def __str__(self) -> str:
        return str(self.user)
