"""Tables of what is advised: a plan for each product's stock, orders suggested, and scenarios that were kept."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.supplier_models import Supplier
from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField


class ReorderSuggestion(models.Model):
    """Advice to order: how many, by when and the figures it was worked out from. At most one open a product."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        POSTPONED = "postponed", _("postponed")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    UNDECIDED = (State.OPEN, State.POSTPONED)

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    run = models.ForeignKey(
        "retail_ai.ForecastRun", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, db_index=True)
    quantity = models.PositiveIntegerField(_("quantity"))
    order_by = models.DateField(_("order by"), db_index=True)
    # None: at the forecast rate it never runs out.
    days_of_cover = models.FloatField(_("days of cover"), null=True, blank=True)
    weekly_demand = models.FloatField(_("sells a week"))
    stock = models.IntegerField(_("stock"))
    on_order = models.PositiveIntegerField(_("on order"), default=0)
    reorder_point = models.FloatField(_("reorder point"))
    safety_stock = models.FloatField(_("safety stock"))
    lead_time_days = models.FloatField(_("lead time, days"))
    service_level = models.FloatField(_("service level"), default=0.95)
    # Chance of running out before an order placed on the day of the advice could be here.
    risk = models.FloatField(_("chance of running out"), default=0)
    lost_units = models.FloatField(_("units lost by waiting a round"), default=0)
    # In the shop's currency: margin where the cost is known, else price.
    lost_value = models.DecimalField(_("lost by waiting a round"), max_digits=14, decimal_places=2, null=True)
    unit_cost = models.DecimalField(_("cost of one"), max_digits=12, decimal_places=4, null=True, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=16, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    postponed_until = models.DateField(_("postponed until"), null=True, blank=True)
    # When an accepted order should be here.
    due_on = models.DateField(_("due"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
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
        ordering = ["order_by", "pk"]
        verbose_name = _("reorder suggestion")
        verbose_name_plural = _("reorder suggestions")
        constraints = [
            models.UniqueConstraint(
                fields=["product"], name="retail_ai_one_open_reorder", condition=models.Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.product_id}"

    def resize(self, quantity: int) -> None:
        """Another quantity, at the same cost of one. It is not saved."""
        self.quantity = quantity
        self.cost = None if self.unit_cost is None else (self.unit_cost * quantity).quantize(Decimal("0.01"))


class StockPlan(models.Model):
    """How a product's stock stands beside its forecast, one row a product, written with each forecast."""

    class Status(models.TextChoices):
        OUT = "out", _("out of stock")
        SHORT = "short", _("will run out first")
        OK = "ok", _("in order")
        EXCESS = "excess", _("too much")
        DEAD = "dead", _("does not sell")

    class Remedy(models.TextChoices):
        NONE = "", "—"
        FEATURE = "feature", _("show it more")
        MARKDOWN = "markdown", _("lower the price")
        CLEAR = "clear", _("clear it out")

    product = ProductOneToOneField(related_name="+", verbose_name=_("product"))
    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    status = models.CharField(_("status"), max_length=8, choices=Status, db_index=True)
    stock = models.IntegerField(_("stock"))
    on_order = models.PositiveIntegerField(_("on order"), default=0)
    weekly_demand = models.FloatField(_("sells a week"))
    days_of_cover = models.FloatField(_("days of cover"), null=True, db_index=True)
    reorder_point = models.FloatField(_("reorder point"))
    order_by = models.DateField(_("order by"), null=True, db_index=True)
    risk = models.FloatField(_("chance of running out"), default=0)
    surplus_units = models.FloatField(_("units too many"), default=0)
    surplus_value = models.DecimalField(
        _("tied up in them"), max_digits=16, decimal_places=2, null=True, db_index=True
    )
    remedy = models.CharField(_("remedy"), max_length=10, choices=Remedy, blank=True)
    # Share off the price at which the surplus would sell in time.
    discount = models.FloatField(_("discount"), null=True)
    # d ln(units) / d ln(price), how it was come by and on how many products' price changes it rests.
    elasticity = models.FloatField(_("price elasticity"), null=True)
    elasticity_is_own = models.BooleanField(default=False)
    elasticity_products = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(_("worked out"), auto_now=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["days_of_cover", "pk"]
        verbose_name = _("stock plan")
        verbose_name_plural = _("stock plan")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.status}"


class SavedScenario(models.Model):
    """A scenario that somebody chose to keep: what was changed and what came of it on that day."""

    name = models.CharField(_("name"), max_length=120)
    params = models.JSONField(_("what if"), default=dict)
    result = models.JSONField(_("outcome"), default=dict)
    products = models.PositiveIntegerField(_("products"), default=0)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
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
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")

    def __str__(self) -> str:
        return self.name
