"""Tables of purchase orders: what was ordered of whom, what came, and each step with who took it."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.plan_models import ReorderSuggestion
from retail_ai.inventory.supplier_models import Supplier
from retail_ai.stores.fields import ProductForeignKey


class PurchaseOrder(models.Model):
    """An order to one supplier in one currency, from draft to received."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ORDERED = "ordered", _("ordered")
        PARTLY = "partly", _("partly received")
        RECEIVED = "received", _("received")
        CANCELLED = "cancelled", _("cancelled")

    # Units of these are on their way.
    COMING = (State.DRAFT, State.ORDERED, State.PARTLY)

    supplier = models.ForeignKey(
        Supplier, on_delete=models.PROTECT, null=True, blank=True, related_name="orders", verbose_name=_("supplier")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    expected_on = models.DateField(_("expected"), null=True, blank=True)
    note = models.TextField(_("note to the supplier"), blank=True, max_length=2000)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    ordered_at = models.DateTimeField(_("ordered"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("made by"),
    )

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("purchase order")
        verbose_name_plural = _("purchase orders")
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "currency"],
                name="retail_ai_one_draft_order",
                condition=models.Q(state="draft"),
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        return f"PO-{self.pk:05}" if self.pk else "PO"


class PurchaseOrderLine(models.Model):
    """One product of a purchase order. ``received`` may exceed ``quantity``: suppliers do send more."""

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="lines")
    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    suggestion = models.OneToOneField(
        ReorderSuggestion, on_delete=models.SET_NULL, null=True, blank=True, related_name="line"
    )
    article = models.CharField(_("supplier's article number"), max_length=80, blank=True)
    quantity = models.PositiveIntegerField(_("quantity"), validators=[MinValueValidator(1)])
    received = models.PositiveIntegerField(_("received"), default=0)
    unit_cost = models.DecimalField(_("cost of one"), max_digits=12, decimal_places=4, null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["pk"]
        verbose_name = _("purchase order line")
        verbose_name_plural = _("purchase order lines")
        constraints = [models.UniqueConstraint(fields=["order", "product"], name="retail_ai_order_product_once")]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"

    @property
    def cost(self) -> Decimal | None:
        """None where the cost of one is not known."""
        return None if self.unit_cost is None else (self.unit_cost * self.quantity).quantize(Decimal("0.01"))

    @property
    def open_units(self) -> int:
        return max(0, self.quantity - self.received)


class PurchaseEvent(models.Model):
    """A step of an order. The last one not taken back may be: ``before`` is the state to return to, ``units`` what
    was received by line."""

    class Kind(models.TextChoices):
        ORDERED = "ordered", _("marked as ordered")
        SENT = "sent", _("mailed to the supplier")
        RECEIVED = "received", _("received")
        CANCELLED = "cancelled", _("cancelled")
        CLOSED = "closed", _("closed: the rest does not come")

    order = models.ForeignKey(PurchaseOrder, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    before = models.CharField(max_length=10, choices=PurchaseOrder.State)
    units = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(_("when"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("by"),
    )
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("step of a purchase order")
        verbose_name_plural = _("steps of purchase orders")

    def __str__(self) -> str:
        return f"{self.order_id}: {self.kind}"
