"""Tables of the inventory room: stock by day, forecasts and their runs. Those of reordering are beside this file.

Sales are not copied here: the shop's adapter is asked for them at each run.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.inventory.alert_models import AlertSubscription, StockAlert
from retail_ai.inventory.plan_models import ReorderSuggestion, SavedScenario, StockPlan
from retail_ai.inventory.purchase_models import PurchaseEvent, PurchaseOrder, PurchaseOrderLine
from retail_ai.inventory.supplier_models import Supplier, SupplierPolicy
from retail_ai.stores.fields import ProductForeignKey

__all__ = [
    "AlertSubscription",
    "Forecast",
    "ForecastRun",
    "GroupForecast",
    "PreparedForecast",
    "PurchaseEvent",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "ReorderSuggestion",
    "SavedScenario",
    "StockAlert",
    "StockPlan",
    "StockSnapshot",
    "Supplier",
    "SupplierPolicy",
]  # fmt: skip


def _floats(name: Any) -> Any:
    return ArrayField(models.FloatField(), verbose_name=name, default=list, blank=True)


class StockSnapshot(models.Model):
    """How many of a product there were on a day, and what it cost the customer: both are nowhere else kept."""

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    day = models.DateField(_("day"), db_index=True)
    quantity = models.IntegerField(_("quantity"))
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4, null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-day"]
        verbose_name = _("stock on a day")
        verbose_name_plural = _("stock by day")
        constraints = [models.UniqueConstraint(fields=["product", "day"], name="retail_ai_stock_once_a_day")]

    def __str__(self) -> str:
        return f"{self.product_id} {self.day}: {self.quantity}"


class ForecastRun(models.Model):
    """One forecast of the whole range. ``origin`` is the Monday of the first week forecast."""

    job = models.OneToOneField(
        "retail_ai.Job", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("job")
    )
    origin = models.DateField(_("first week"))
    weeks = models.PositiveSmallIntegerField(_("weeks ahead"))
    is_partial = models.BooleanField(_("some products only"), default=False)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    summary = models.JSONField(_("summary"), default=dict, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-created_at", "-pk"]
        verbose_name = _("forecast run")
        verbose_name_plural = _("forecast runs")

    def __str__(self) -> str:
        return f"{self.origin} + {self.weeks}"


class PreparedForecast(models.Model):
    """What a running forecast job learned, for whoever takes its next chunk; deleted when the job ends."""

    run = models.OneToOneField(ForecastRun, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return str(self.run_id)


class Forecast(models.Model):
    """What one product will sell, week by week, beside what it sold. ``error`` and ``naive_error`` are RMSSE."""

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="forecasts")
    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    method = models.CharField(_("method"), max_length=60)
    mean = _floats(_("expected a week"))
    lower80 = _floats(_("80 %, lower"))
    upper80 = _floats(_("80 %, upper"))
    lower95 = _floats(_("95 %, lower"))
    upper95 = _floats(_("95 %, upper"))
    # Standard deviation of one week's error, in units: what the safety stock is made from.
    sigma = models.FloatField(_("spread of a week"), default=0)
    error = models.FloatField(_("error (RMSSE)"), null=True, blank=True)
    naive_error = models.FloatField(_("error of the naive forecast"), null=True, blank=True)
    history_start = models.DateField(_("first week of the history"), null=True, blank=True)
    history = _floats(_("sold a week"))
    # Positions in ``history`` of weeks in which the product could not be bought; their demand is an estimate.
    repaired = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("estimated weeks"), default=list, blank=True
    )
    # Positions of weeks with a sale so far from the others, most of it one order, that they are marked for the reader;
    # the forecast does not leave them out.
    outliers = ArrayField(
        models.PositiveSmallIntegerField(), verbose_name=_("unusual weeks"), default=list, blank=True
    )
    # The same weeks as ``history``, as recorded: returns netted, nothing estimated.
    sold = _floats(_("recorded a week"))
    # Standard deviation of the error of the first 1, 2, … weeks' total, in units: errors of weeks hang together.
    cumulative_sigma = _floats(_("spread of the weeks together"))
    # (demand - mean) / sigma at engine.forecast_values.QUANTILE_LEVELS; empty: as the normal distribution.
    shape = _floats(_("shape of the error"))
    # Expected a day from the run's first day on, for what sells nearly every day; else empty.
    daily = _floats(_("expected a day"))
    # For a new product: [[key of a product that it was started from, weight], …].
    look_alikes = models.JSONField(_("started from"), default=list, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-run_id"]
        verbose_name = _("forecast")
        verbose_name_plural = _("forecasts")
        constraints = [models.UniqueConstraint(fields=["run", "product"], name="retail_ai_forecast_once_a_run")]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.method}"

    @property
    def beats_naive(self) -> bool:
        """Whether the back-test found the method better than "as in the last week"."""
        return self.error is not None and self.naive_error is not None and self.error < self.naive_error


class GroupForecast(models.Model):
    """What the shop or a category will sell week by week: the sum of its products, with bands of its own."""

    class Kind(models.TextChoices):
        SHOP = "shop", _("shop")
        CATEGORY = "category", _("category")

    run = models.ForeignKey(ForecastRun, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=200, blank=True)
    products = models.PositiveIntegerField(_("products"), default=0)
    mean = _floats(_("expected a week"))
    lower80 = _floats(_("80 %, lower"))
    upper80 = _floats(_("80 %, upper"))
    lower95 = _floats(_("95 %, lower"))
    upper95 = _floats(_("95 %, upper"))
    error = models.FloatField(_("error (RMSSE)"), null=True, blank=True)
    naive_error = models.FloatField(_("error of the naive forecast"), null=True, blank=True)
    history_start = models.DateField(_("first week of the history"), null=True, blank=True)
    history = _floats(_("sold a week"))

    class Meta:
        app_label = "retail_ai"
        ordering = ["-run_id", "-kind", "name"]
        verbose_name = _("forecast of a category or the shop")
        verbose_name_plural = _("forecasts of categories and the shop")
        constraints = [
            models.UniqueConstraint(fields=["run", "kind", "name"], name="retail_ai_group_forecast_once_a_run")
        ]

    def __str__(self) -> str:
        return self.name or str(self.get_kind_display())

    @property
    def repaired(self) -> list[int]:
        """Sums are not marked week by week: one product or another was out of stock in most of them."""
        return []

    @property
    def beats_naive(self) -> bool:
        """Whether the back-test found it better than "as in the last week"."""
        return self.error is not None and self.naive_error is not None and self.error < self.naive_error
