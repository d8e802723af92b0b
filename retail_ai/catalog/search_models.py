"""What search keeps beside the index: the shop's words, what each product says in them, the owner's rules, and what
was searched for. People stand in none of these tables; a log of a search goes when its event goes."""

import time
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from retail_ai.catalog.fields import RealField
from retail_ai.events.models import Event
from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField

__all__ = [
    "CuratedQuery", "CuratedResult", "FacetValue", "ProductFacets", "ProductStanding", "SearchChoice", "SearchLog",
    "SearchState", "Synonym",
]  # fmt: skip


class FacetValue(models.Model):
    """Something that products state: a brand, a category of their path, or an attribute's value. ``shelves`` are the
    leaf categories where it occurs; ``is_understood`` is the owner's to switch off."""

    class Kind(models.TextChoices):
        BRAND = "brand", _("brand")
        CATEGORY = "category", _("category")
        ATTRIBUTE = "attribute", _("attribute")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("attribute"), max_length=120, blank=True)
    value = models.CharField(_("value"), max_length=120)
    aliases = ArrayField(models.TextField(), default=list, blank=True, verbose_name=_("other names"))
    entries = models.PositiveIntegerField(_("products"), default=0)
    shelves = ArrayField(models.BigIntegerField(), default=list, editable=False)
    is_understood = models.BooleanField(_("understood in searches"), default=True)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("word that search understands")
        verbose_name_plural = _("words that search understands")
        constraints = [models.UniqueConstraint(fields=["kind", "name", "value"], name="retail_ai_facet_value_once")]
        indexes = [models.Index(fields=["value"], name="retail_ai_facet_value")]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}" if self.name else self.value


class ProductFacets(models.Model):
    """The values that one product states, as ids of FacetValue, and the leaf of its category path."""

    product = ProductOneToOneField(primary_key=True, related_name="retail_ai_facets", verbose_name=_("product"))
    values = ArrayField(models.BigIntegerField())
    shelf = models.BigIntegerField(null=True)
    phrases = ArrayField(models.TextField(), default=list)

    class Meta:
        app_label = "retail_ai"
        indexes = [GinIndex(fields=["values"], name="retail_ai_product_facets", fastupdate=False)]

    def __str__(self) -> str:
        return f"{self.product_id}"


class SearchState(models.Model):
    """One row: versions that tell every process when to read the vocabulary and the owner's rules anew."""

    vocabulary = models.BigIntegerField(default=0)
    rules = models.BigIntegerField(default=0)
    protected = ArrayField(models.TextField(), default=list)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.vocabulary}/{self.rules}"

    @classmethod
    def bump(cls, field: str) -> None:
        """Tell all processes that the vocabulary or the rules have changed."""
        # A moment, not a count: no two states of a database, restored or new, are ever taken for one another.
        cls.objects.update_or_create(pk=1, defaults={field: time.time_ns()})


class Synonym(models.Model):
    """Words that mean what other words mean in this shop: "sneakers" are "running shoes"."""

    class Direction(models.TextChoices):
        TWO_WAY = "both", _("both ways")
        ONE_WAY = "one", _("only from left to right")

    phrase = models.CharField(_("words"), max_length=100, help_text=_("What shoppers type."))
    means = models.CharField(_("mean"), max_length=100, help_text=_("What to search for as well."))
    direction = models.CharField(_("direction"), max_length=4, choices=Direction, default=Direction.TWO_WAY)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("A code such as en or zh; empty: in every language.")
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["phrase"]
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        constraints = [models.UniqueConstraint(fields=["phrase", "means", "language"], name="retail_ai_synonym_once")]

    def __str__(self) -> str:
        return f"{self.phrase} {'↔' if self.direction == self.Direction.TWO_WAY else '→'} {self.means}"


class CuratedQuery(models.Model):
    """A search whose results the owner has arranged by hand."""

    class Match(models.TextChoices):
        EXACT = "exact", _("is exactly this")
        CONTAINS = "contains", _("contains these words")

    query = models.CharField(_("search"), max_length=200)
    match = models.CharField(_("applies when the search"), max_length=8, choices=Match, default=Match.EXACT)
    is_active = models.BooleanField(_("in use"), default=True)
    note = models.CharField(_("note to colleagues"), max_length=200, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["query"]
        verbose_name = _("arranged search")
        verbose_name_plural = _("arranged searches")
        constraints = [models.UniqueConstraint(fields=["query", "match"], name="retail_ai_curated_once")]

    def __str__(self) -> str:
        return self.query


class CuratedResult(models.Model):
    """A product to put first, or to leave out, for an arranged search."""

    class Action(models.TextChoices):
        PIN = "pin", _("show first")
        HIDE = "hide", _("hide")

    curated = models.ForeignKey(CuratedQuery, on_delete=models.CASCADE, related_name="results")
    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    action = models.CharField(_("what to do"), max_length=4, choices=Action, default=Action.PIN)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    class Meta:
        app_label = "retail_ai"
        ordering = ["position", "pk"]
        verbose_name = _("arranged result")
        verbose_name_plural = _("arranged results")
        constraints = [models.UniqueConstraint(fields=["curated", "product"], name="retail_ai_curated_result_once")]

    def __str__(self) -> str:
        return f"{self.action} {self.product_id}"


class SearchLog(models.Model):
    """What a recorded search came to: its event has who and when. ``is_poor``: nothing found, or only with limits
    left out. ``words``: what was searched for once limits were taken out. ``shown``: primary keys in their order, as
    text."""

    event = models.OneToOneField(Event, on_delete=models.CASCADE, primary_key=True, related_name="retail_ai_search")
    search = models.CharField(_("search id"), max_length=40, unique=True)
    folded = models.CharField(_("search"), max_length=200, db_index=True)
    words = models.CharField(_("words searched for"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    total = models.PositiveIntegerField(_("found"))
    is_poor = models.BooleanField(_("poor"), default=False)
    shown = ArrayField(models.TextField(), default=list)

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("search")
        verbose_name_plural = _("searches and what they found")

    def __str__(self) -> str:
        return self.folded


class SearchChoice(models.Model):
    """How often people who searched for these words chose this product, 0 to 1, where it stands among all choices.
    Only of words that several people searched for; counted anew from the logs, so nobody can be told from it."""

    words = models.CharField(_("words searched for"), max_length=200)
    product = ProductForeignKey(related_name="+", verbose_name=_("product"))
    strength = RealField()

    class Meta:
        app_label = "retail_ai"
        verbose_name = _("choice after a search")
        verbose_name_plural = _("choices after searches")
        constraints = [models.UniqueConstraint(fields=["words", "product"], name="retail_ai_search_choice_once")]

    def __str__(self) -> str:
        return f"{self.words}: {self.product_id}"


class ProductStanding(models.Model):
    """What may gently lift a product in searches: how much it is wanted (0 to 1), the share of its price that the shop
    keeps, and since when it is offered. Empty where the shop does not know; counted anew each night."""

    product = ProductOneToOneField(primary_key=True, related_name="+", verbose_name=_("product"))
    popularity = RealField(null=True)
    margin = RealField(null=True)
    since = models.DateField(null=True)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.product_id}"


@receiver([post_save, post_delete], sender=Synonym, dispatch_uid="retail_ai.search.synonym")
@receiver([post_save, post_delete], sender=CuratedQuery, dispatch_uid="retail_ai.search.curated")
@receiver([post_save, post_delete], sender=CuratedResult, dispatch_uid="retail_ai.search.result")
def _rules_changed(**_kwargs: Any) -> None:
    SearchState.bump("rules")


@receiver(post_save, sender=FacetValue, dispatch_uid="retail_ai.search.facet")
def _words_changed(**_kwargs: Any) -> None:
    SearchState.bump("vocabulary")
