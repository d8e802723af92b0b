"""Tables of the inventory room: stock by day, forecasts and their runs, suppliers' terms, reorder suggestions.

Sales are not copied here: the shop's adapter is asked for them at each run.
"""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField

__all__ = ["Forecast", "ForecastRun", "GroupForecast", "ReorderSuggestion", "StockSnapshot", "SupplierPolicy"]


def _floats(name: Any) -> Any:
    return ArrayField(models.FloatField(), verbose_name=name, default=list, blank=True)


class SupplierPolicy(models.Model):
    """On what terms a product is bought. The row without a product holds for all that have none of their own."""

    name = models.CharField(_("supplier"), max_length=120, blank=True)
    product = ProductOneToOneField(null=True, blank=True, related_name="+", verbose_name=_("product"))
    lead_time_days = models.FloatField(_("lead time, days"), default=14, validators=[MinValueValidator(0)])
    lead_time_sd = models.FloatField(_("spread of the lead time, days"), default=0, validators=[MinValueValidator(0)])
    minimum_order = models.PositiveIntegerField(_("minimum order"), default=1, validators=[MinValueValidator(1)])
    pack_size = models.PositiveIntegerField(_("pack size"), default=1, validators=[MinValueValidator(1)])
    unit_cost = models.DecimalField(_("cost of one"), max_digits=12, decimal_places=4, null=True, blank=True)
    service_level = models.FloatField(
        _("service level"),
        default=0.95,
        validators=[MinValueValidator(0.5), MaxValueValidator(0.9999)],
        help_text=_("Probability of no stock-out while an order is under way, e.g. 0.95."),
    )
    review_days = models.FloatField(_("days between orders"), default=7, validators=[MinValueValidator(1)])

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("supplier terms")
        verbose_name_plural = _("supplier terms")
        constraints = [
            models.UniqueConstraint(
                models.Value(1), name="retail_ai_one_default_policy", condition=models.Q(product=None)
            )
        ]

    def __str__(self) -> str:
        return str(self.product) if self.product_id else str(_("All other products"))


class StockSnapshot(models.Model):
    """How many of a product there were on a day."""

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    day = models.DateField(_("day"), db_index=True)
    quantity = models.IntegerField(_("quantity"))

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
    # Positions of weeks with a sale so far from the others that the forecast counts it as less.
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


class ReorderSuggestion(models.Model):
    """Advice to order: how many, by when and the figures it was worked out from. At most one open a product."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    run = models.ForeignKey(ForecastRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
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
    cost = models.DecimalField(_("cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    # When an accepted order should be here; until then it counts as on order.
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
