"""What the app knows of each product: its text and terms, and its vectors, one space for each embedder identity.

Visibility, price and stock are not kept here: they are asked of the shop at query time.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import SparseVectorField, VectorField

from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField

__all__ = ["CatalogEntry", "ProductVector", "Term", "VectorSpace"]


class CatalogEntry(models.Model):
    """A product's facts as text and as terms. ``weights`` holds each term's saturated frequency under its hash."""

    product = ProductOneToOneField(primary_key=True, related_name="retail_ai_entry", verbose_name=_("product"))
    facts_hash = models.CharField(max_length=32, editable=False)
    text_hash = models.CharField(max_length=32, editable=False)
    text = models.TextField(_("text"))
    title = models.TextField(_("folded title"))
    sku = models.TextField(_("folded SKU"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    terms = ArrayField(models.TextField(), verbose_name=_("terms"))
    weights = SparseVectorField(editable=False)
    indexed_at = models.DateTimeField(_("indexed"))

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        indexes = [
            GinIndex(fields=["terms"], name="retail_ai_entry_terms", fastupdate=False),
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="retail_ai_entry_title", fastupdate=False),
            models.Index(fields=["sku"], name="retail_ai_entry_sku"),
        ]

    def __str__(self) -> str:
        return self.title


class Term(models.Model):
    """A word of the catalogue and how many entries hold it, counted when an index job ends."""

    term = models.TextField(primary_key=True)
    entries = models.PositiveIntegerField()

    class Meta:
        app_label = "retail_ai"
        indexes = [GinIndex(fields=["term"], opclasses=["gin_trgm_ops"], name="retail_ai_term_trgm", fastupdate=False)]

    def __str__(self) -> str:
        return self.term


class VectorSpace(models.Model):
    """All vectors of one embedder identity. Exactly one space serves; a new one fills while the old one serves."""

    class State(models.TextChoices):
        FILLING = "filling", _("filling")
        ACTIVE = "active", _("active")
        RETIRED = "retired", _("retired")
        # Of pictures: it serves no query of words, and training reads it beside the active space.
        IMAGES = "images", _("pictures")

    identity = models.CharField(_("embedder"), max_length=200, unique=True)
    dimensions = models.PositiveIntegerField(_("dimensions"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.FILLING)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    activated_at = models.DateTimeField(_("serving since"), null=True, blank=True)
    has_index = models.BooleanField(_("HNSW index"), default=False)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("vector space")
        verbose_name_plural = _("vector spaces")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="active"), name="retail_ai_one_active_space"
            )
        ]

    def __str__(self) -> str:
        return self.identity

    @property
    def index_name(self) -> str:
        return f"retail_ai_hnsw_{self.pk}"


class ProductVector(models.Model):
    """A product's unit-length vector in one space. ``content_hash`` is the hash of the text it was made from."""

    product = ProductForeignKey(related_name="retail_ai_vectors", verbose_name=_("product"))
    space = models.ForeignKey(VectorSpace, on_delete=models.CASCADE, related_name="vectors", db_index=False)
    content_hash = models.CharField(max_length=32)
    embedding = VectorField()

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("product vector")
        verbose_name_plural = _("product vectors")
        constraints = [models.UniqueConstraint(fields=["space", "product"], name="retail_ai_vector_once")]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.space_id}"
