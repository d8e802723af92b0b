"""The demo shop's own tables: catalogue, orders, reviews, help pages, logs. It knows nothing of retail_ai."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """A shelf of the shop; sub-departments have a parent."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=100)
    name_zh = models.CharField(_("Chinese name"), max_length=100, blank=True)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.local_name

    @property
    def local_name(self) -> str:
        """The name in the language of the page."""
        return self.name_zh if self.name_zh and (get_language() or "").startswith("zh") else self.name

    @property
    def path(self) -> tuple[str, ...]:
        return (*self.parent.path, self.name) if self.parent else (self.name,)

    def get_absolute_url(self) -> str:
        return reverse("shop:department", args=[self.slug])


class Product(models.Model):
    """Something for sale. ``attributes`` maps an attribute's name to its value, unit included."""

    sku = models.CharField("SKU", max_length=64, unique=True)
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(_("title"), max_length=300)
    brand = models.CharField(_("brand"), max_length=120, blank=True, db_index=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="products", verbose_name=_("department")
    )
    description = models.TextField(_("description"), blank=True)
    short_description = models.CharField(_("short description"), max_length=300, blank=True)
    seo_title = models.CharField(_("SEO title"), max_length=80, blank=True)
    meta_description = models.CharField(_("meta description"), max_length=200, blank=True)
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    price = models.DecimalField(
        _("price"), max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal("0.01"))]
    )
    stock = models.PositiveIntegerField(_("stock"), default=0)
    is_active = models.BooleanField(_("visible"), default=True, db_index=True)
    source = models.CharField(max_length=20, default="demo", editable=False)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        ordering = ["title"]
        # What a shopper may buy now: asked by every list, so it is answered from the index alone.
        indexes = [models.Index(fields=["is_active", "stock"], include=["id"], name="sellable")]
        verbose_name = _("product")
        verbose_name_plural = _("products")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("shop:product", args=[self.slug])


class RelatedProduct(models.Model):
    """A product shown beside another. ``is_automatic``: written by the app; the others are the shop's own picks."""

    class Kind(models.TextChoices):
        SIMILAR = "similar", _("similar")
        TOGETHER = "together", _("goes with it")

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="related")
    related = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+", verbose_name=_("related product"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TOGETHER)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_automatic = models.BooleanField(_("automatic"), default=False, editable=False)

    class Meta:
        ordering = ["is_automatic", "position", "pk"]
        constraints = [models.UniqueConstraint(fields=["product", "kind", "related"], name="related_once")]
        verbose_name = _("related product")
        verbose_name_plural = _("related products")

    def __str__(self) -> str:
        return f"{self.product} → {self.related}"


class Profile(models.Model):
    """What the shop keeps of a customer besides the login."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    language = models.CharField(_("language"), max_length=10, default="en")
    wants_news = models.BooleanField(_("wants offers by e-mail"), default=False)
    is_simulated = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("customer profile")
        verbose_name_plural = _("customer profiles")

    def __str__(self) -> str:
        return str(self.user)


class Order(models.Model):
    """A placed order. Guests leave an e-mail address and no user."""

    class Status(models.TextChoices):
        PLACED = "placed", _("placed")
        SHIPPED = "shipped", _("shipped")
        DELIVERED = "delivered", _("delivered")
        CANCELLED = "cancelled", _("cancelled")

    number = models.CharField(_("number"), max_length=24, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="shop_orders"
    )
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    address = models.TextField(_("address"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.PLACED)
    total = models.DecimalField(_("total"), max_digits=12, decimal_places=2, default=Decimal(0))
    delivery = models.DecimalField(_("delivery"), max_digits=8, decimal_places=2, default=Decimal(0))
    placed_at = models.DateTimeField(_("placed"), db_index=True)
    is_simulated = models.BooleanField(default=False, editable=False)
    source = models.CharField(max_length=20, default="shop", editable=False)
    token = models.CharField(max_length=40, null=True, unique=True, editable=False)  # one checkout, one order

    class Meta:
        ordering = ["-placed_at"]
        verbose_name = _("order")
        verbose_name_plural = _("orders")

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("shop:order", args=[self.number])


class OrderLine(models.Model):
    """One product of an order at the price it was sold for. A return has a negative quantity."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="order_lines")
    title = models.CharField(max_length=300)
    quantity = models.IntegerField()
    unit_price = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        verbose_name = _("order line")
        verbose_name_plural = _("order lines")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    @property
    def line_total(self) -> Decimal:
        return self.quantity * self.unit_price


class Review(models.Model):
    """What a customer says of a product."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="reviews")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="shop_reviews")
    rating = models.PositiveSmallIntegerField(_("rating"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    text = models.TextField(_("review"), max_length=4000)
    created_at = models.DateTimeField(db_index=True)
    is_simulated = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["product", "user"], name="one_review_each")]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    def __str__(self) -> str:
        return f"{self.rating}/5 {self.product}"


class SupplierTerms(models.Model):
    """Of whom the shop buys a product, at what cost, and how long that takes."""

    product = models.OneToOneField(Product, on_delete=models.CASCADE, related_name="supplier_terms")
    supplier = models.CharField(_("supplier"), max_length=120)
    article = models.CharField(_("supplier's number"), max_length=60, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=10, decimal_places=2, validators=[MinValueValidator(Decimal(0))])
    lead_time_days = models.PositiveSmallIntegerField(_("days until delivery"), default=14)
    lead_time_sd = models.PositiveSmallIntegerField(_("give or take, days"), default=0)
    minimum_order = models.PositiveIntegerField(_("least order"), default=1, validators=[MinValueValidator(1)])
    pack_size = models.PositiveIntegerField(_("pieces in a pack"), default=1, validators=[MinValueValidator(1)])

    class Meta:
        verbose_name = _("supplier terms")
        verbose_name_plural = _("supplier terms")

    def __str__(self) -> str:
        return f"{self.supplier}: {self.product_id}"


class HelpPage(models.Model):
    """A policy page or FAQ entry. ``title`` is the question of an FAQ entry."""

    class Kind(models.TextChoices):
        POLICY = "policy", _("policy")
        FAQ = "faq", _("FAQ")

    kind = models.CharField(max_length=8, choices=Kind)
    slug = models.SlugField(max_length=80)
    language = models.CharField(max_length=10, default="en")
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [models.UniqueConstraint(fields=["slug", "language"], name="one_page_a_language")]
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("shop:help_page", args=[self.slug])


class VisitLog(models.Model):
    """The shop's own log of views and searches, from which retail_ai back-fills."""

    class Kind(models.TextChoices):
        VIEW = "view", _("view")
        SEARCH = "search", _("search")
        CART = "cart", _("added to cart")

    kind = models.CharField(max_length=8, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=40, blank=True)
    product = models.ForeignKey(Product, on_delete=models.CASCADE, null=True, related_name="+")
    query = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField(db_index=True)
    is_simulated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visit log")

    def __str__(self) -> str:
        return f"{self.kind} {self.occurred_at:%Y-%m-%d}"


class StockOut(models.Model):
    """A span of days on which a product could not be bought."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="stock_outs")
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        verbose_name = _("stock-out")
        verbose_name_plural = _("stock-outs")

    def __str__(self) -> str:
        return f"{self.product_id}: {self.first_day} – {self.last_day}"
