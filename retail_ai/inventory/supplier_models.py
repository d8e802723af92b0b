"""Tables of who a product is bought from and on what terms."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from retail_ai.stores.fields import ProductOneToOneField

# A lead time or a round of more than two years is a typing mistake.
LONGEST_DAYS = 730
DAYS_VALIDATORS = [MinValueValidator(0), MaxValueValidator(LONGEST_DAYS)]
CURRENCY = RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as EUR."))
FROM_SUPPLIER = _("Empty: the supplier's, else that of the row for all other products.")


class Supplier(models.Model):
    """Who products are bought from. What it states holds for its products unless their own terms say otherwise."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    email = models.EmailField(_("e-mail for orders"), blank=True)
    lead_time_days = models.FloatField(_("lead time, days"), null=True, blank=True, validators=DAYS_VALIDATORS)
    lead_time_sd = models.FloatField(
        _("spread of the lead time, days"), null=True, blank=True, validators=DAYS_VALIDATORS
    )
    review_days = models.FloatField(
        _("days between orders"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    minimum_value = models.DecimalField(
        _("least value of an order"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    budget = models.DecimalField(
        _("most to spend on an order"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("When it does not suffice, the orders that save the most sales for the money come first."),
    )
    note = models.TextField(_("note"), blank=True, max_length=2000)

    class Meta:
        app_label = "retail_ai"
        ordering = ["name"]
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")

    def __str__(self) -> str:
        return self.name


class SupplierPolicy(models.Model):
    """On what terms a product is bought. The row without a product holds for all that have none of their own."""

    class Source(models.TextChoices):
        PERSON = "person", _("typed in")
        FILE = "file", _("from a file")
        SHOP = "shop", _("from the shop")

    supplier = models.ForeignKey(
        Supplier, on_delete=models.SET_NULL, null=True, blank=True, related_name="terms", verbose_name=_("supplier")
    )
    product = ProductOneToOneField(null=True, blank=True, related_name="+", verbose_name=_("product"))
    article = models.CharField(_("supplier's article number"), max_length=80, blank=True)
    lead_time_days = models.FloatField(
        _("lead time, days"), null=True, blank=True, validators=DAYS_VALIDATORS, help_text=FROM_SUPPLIER
    )
    lead_time_sd = models.FloatField(
        _("spread of the lead time, days"), null=True, blank=True, validators=DAYS_VALIDATORS, help_text=FROM_SUPPLIER
    )
    review_days = models.FloatField(
        _("days between orders"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=FROM_SUPPLIER,
    )
    minimum_order = models.PositiveIntegerField(_("minimum order"), default=1, validators=[MinValueValidator(1)])
    pack_size = models.PositiveIntegerField(_("pack size"), default=1, validators=[MinValueValidator(1)])
    unit_cost = models.DecimalField(
        _("cost of one"), max_digits=12, decimal_places=4, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(
        _("currency of the cost"), max_length=3, blank=True, validators=[CURRENCY], help_text=_("Empty: the shop's.")
    )
    holding_rate = models.FloatField(
        _("cost of keeping stock, share of its cost a year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(5)],
        help_text=_("Money tied up, room, spoilage: usually 0.15 to 0.3."),
    )
    service_level = models.FloatField(
        _("service level"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.5), MaxValueValidator(0.9999)],
        help_text=_("Probability of no stock-out while an order is under way, e.g. 0.95."),
    )
    by_margin = models.BooleanField(
        _("level by margin"),
        default=False,
        help_text=_("Sets the service level from what a lost sale and a unit too many cost (newsvendor)."),
    )
    on_order = models.PositiveIntegerField(
        _("ordered elsewhere"), default=0, help_text=_("Units under way that no purchase order here knows of.")
    )
    on_order_due = models.DateField(_("due"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, default=Source.PERSON, editable=False)

    class Meta:
        app_label = "retail_ai"
        ordering = ["pk"]
        verbose_name = _("supplier terms")
        verbose_name_plural = _("supplier terms")
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                name="retail_ai_one_default_policy",
                condition=models.Q(product=None),
                violation_error_message=_("There is a row for all other products already; change that one."),
            )
        ]

    def __str__(self) -> str:
        return str(self.product) if self.product_id else str(_("All other products"))
