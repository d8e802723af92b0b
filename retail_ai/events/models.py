"""The Event table: one row for each thing a shopper did or was shown. Nothing here decides what an event means."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from retail_ai.stores.fields import ProductForeignKey

__all__ = ["Event"]


class Event(models.Model):
    """Something a customer or visitor did. ``reference`` makes it unique: the same reference is stored once."""

    class Kind(models.TextChoices):
        VIEW = "view", _("viewed")
        SEARCH = "search", _("searched")
        CART = "cart", _("added to cart")
        PURCHASE = "purchase", _("bought")
        RETURN = "return", _("returned")
        RATING = "rating", _("rated")
        IMPRESSION = "impression", _("was shown")
        CLICK = "click", _("clicked")

    HISTORY = (Kind.VIEW, Kind.CART, Kind.PURCHASE)

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    visitor = models.CharField(_("visitor"), max_length=40, blank=True)
    product = ProductForeignKey(null=True, blank=True, related_name="+", verbose_name=_("product"))
    query = models.CharField(_("words searched for"), max_length=200, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), default=1)
    unit_price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    order = models.CharField(_("order"), max_length=64, blank=True)
    slate = models.CharField(_("slate"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), null=True, blank=True)
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)
    source = models.CharField(_("source"), max_length=20, default="shop")
    reference = models.CharField(_("reference"), max_length=120, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-occurred_at", "-pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="retail_ai_event_reference_once"
            )
        ]
        indexes = [
            models.Index(fields=["kind", "occurred_at"], name="retail_ai_event_kind_time"),
            models.Index(
                fields=["customer", "-occurred_at"],
                name="retail_ai_event_customer",
                condition=Q(customer__isnull=False) & Q(kind__in=["view", "cart", "purchase"]),
            ),
            models.Index(
                fields=["visitor", "-occurred_at"],
                name="retail_ai_event_visitor",
                condition=~Q(visitor="") & Q(kind__in=["view", "cart", "purchase"]),
            ),
            # Whoever signs in takes their events along: without it each sign-in would read the whole table.
            models.Index(
                fields=["visitor"],
                name="retail_ai_event_guest",
                condition=Q(customer__isnull=True) & ~Q(visitor=""),
            ),
            models.Index(
                fields=["customer", "visitor", "-occurred_at"],
                name="retail_ai_event_searches",
                condition=Q(kind="search"),
            ),
            models.Index(
                fields=["customer", "visitor", "product"],
                name="retail_ai_event_returns",
                condition=Q(kind="return"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.product_id or self.query} {self.occurred_at:%Y-%m-%d %H:%M}"
