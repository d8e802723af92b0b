"""What the app knows of each product: its text and terms, and its vectors, one space for each embedder identity.

Visibility, price and stock are not kept here: they are asked of the shop at query time.
"""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, HashIndex
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from retail_ai.catalog.fields import RealField
from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField

__all__ = ["CatalogEntry", "Posting", "ProductVector", "SearchRanker", "Term", "TermStatistics", "VectorSpace"]


class CatalogEntry(models.Model):
    """A product's facts as text and as terms. ``shelf`` is the path of shelves it stands on, ``length`` the number of
    its words."""

    product = ProductOneToOneField(primary_key=True, related_name="retail_ai_entry", verbose_name=_("product"))
    facts_hash = models.CharField(max_length=32, editable=False)
    text_hash = models.CharField(max_length=32, editable=False)
    full_hash = models.CharField(max_length=32, editable=False, default="")
    text = models.TextField(_("text"))
    title = models.TextField(_("folded title"))
    sku = models.TextField(_("folded SKU"), blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    terms = ArrayField(models.TextField(), verbose_name=_("terms"))
    shelf = models.TextField(_("shelf"), blank=True)
    brand = models.TextField(_("folded brand"), blank=True)
    length = models.PositiveIntegerField(default=0, editable=False)
    indexed_at = models.DateTimeField(_("indexed"))

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("catalogue entry")
        verbose_name_plural = _("catalogue entries")
        indexes = [
            GinIndex(fields=["title"], opclasses=["gin_trgm_ops"], name="retail_ai_entry_title", fastupdate=False),
            # Titles may be longer than an ordinary index takes.
            HashIndex(fields=["title"], name="retail_ai_entry_exact_title"),
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


class Posting(models.Model):
    """One word of one product. ``term`` is the word's number, ``weight`` its saturated weighed frequency, ``counts``
    its occurrences by field, packed, ``frequency`` all of them, ``length`` the product's number of words.

    There are millions of rows: no constraint is checked for each, so rows of products gone stay until they are tidied.
    """

    # The order of the columns keeps a row at 48 bytes.
    pk = models.CompositePrimaryKey("term", "product")
    product = ProductForeignKey(related_name="+", verbose_name=_("product"), db_constraint=False)
    term = models.IntegerField()
    weight = RealField()
    frequency = models.SmallIntegerField()
    length = models.SmallIntegerField()
    counts = models.IntegerField()

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.term} of {self.product_id}"


class TermStatistics(models.Model):
    """One row on the whole catalogue: how many entries, their mean length in words, the mean of their weighed lengths,
    and the one that postings were weighed with (``usual_length``)."""

    entries = models.PositiveIntegerField(default=0)
    mean_length = models.FloatField(default=1.0)
    usual_length = models.FloatField(default=1.0)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.entries} entries"


class VectorSpace(models.Model):
    """All vectors of one embedder identity and kind of text. Exactly one is active; a new one fills while the old one
    serves. Others may serve searches beside it."""

    class State(models.TextChoices):
        FILLING = "filling", _("filling")
        ACTIVE = "active", _("active")
        BESIDE = "beside", _("serves beside")
        RETIRED = "retired", _("retired")
        # Of pictures: it serves no query of words, and training reads it beside the active space.
        IMAGES = "images", _("pictures")

    class Text(models.TextChoices):
        SHORT = "short", _("shelf and title")
        FULL = "full", _("all facts")

    identity = models.CharField(_("embedder"), max_length=200)
    text = models.CharField(_("text"), max_length=8, choices=Text, default=Text.SHORT)
    dimensions = models.PositiveIntegerField(_("dimensions"))
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.FILLING)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    activated_at = models.DateTimeField(_("serving since"), null=True, blank=True)
    has_index = models.BooleanField(_("HNSW index"), default=False)
    # Percentiles 0 to 100 of the cosines of products taken at random; empty where they were not measured.
    likeness = ArrayField(models.FloatField(), default=list, blank=True, editable=False)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("vector space")
        verbose_name_plural = _("vector spaces")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="active"), name="retail_ai_one_active_space"
            ),
            models.UniqueConstraint(fields=["identity", "text"], name="retail_ai_space_once"),
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


class SearchRanker(models.Model):
    """A trained order of search results: ``kind`` and ``state`` make it again, ``report`` says how it was judged. The
    newest one that is ``active`` serves; ``promoted_at``: since when it served last."""

    class Source(models.TextChoices):
        JUDGEMENTS = "judgements", _("judged queries")
        SHOPPERS = "shoppers", _("clicks and purchases")

    kind = models.CharField(_("kind"), max_length=200)
    source = models.CharField(_("learned from"), max_length=12, choices=Source)
    state = models.JSONField(editable=False)
    report = models.JSONField(_("report"), default=dict)
    active = models.BooleanField(_("serves"), default=False)
    created_at = models.DateTimeField(_("trained"), auto_now_add=True)
    promoted_at = models.DateTimeField(_("serving since"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-created_at", "-pk"]
        verbose_name = _("search ranker")
        verbose_name_plural = _("search rankers")

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"
