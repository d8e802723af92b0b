"""Tables of recommendations: trained releases, neighbours, popularity, intervals between purchases, tastes as vectors,
and what shoppers do not want to see or not want used. Rules of the shop's owner stand in ``rule_models``."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

from retail_ai.recommendations.rule_models import SlateRule
from retail_ai.stores.fields import ProductForeignKey, ProductOneToOneField

__all__ = [
    "CustomerTaste", "HiddenProduct", "Neighbour", "Popularity", "Release", "Repurchase", "SlateRule", "UnusedProduct",
]  # fmt: skip


class Release(models.Model):
    """One trained model: what it learned from, how it did on newer days than it saw, and whether it serves.

    ``configuration["serving"]`` says how a request weighs a history and adds up neighbours: see ``plan.ServingPlan``.
    """

    class State(models.TextChoices):
        TRAINING = "training", _("in training")
        CANDIDATE = "candidate", _("candidate")
        SERVING = "serving", _("serving")
        RETIRED = "retired", _("retired")

    state = models.CharField(_("state"), max_length=10, choices=State, default=State.TRAINING)
    backend = models.CharField(_("model"), max_length=200, blank=True)
    configuration = models.JSONField(_("configuration"), default=dict, blank=True)
    metrics = models.JSONField(_("metrics"), default=dict, blank=True)
    passed_gate = models.BooleanField(_("passed the gate"), null=True)
    notes = models.JSONField(_("reasons"), default=list, blank=True)
    data_from = models.DateTimeField(_("data from"), null=True, blank=True)
    data_until = models.DateTimeField(_("data until"), null=True, blank=True)
    event_count = models.PositiveIntegerField(_("events"), default=0)
    customer_count = models.PositiveIntegerField(_("customers"), default=0)
    product_count = models.PositiveIntegerField(_("products"), default=0)
    created_at = models.DateTimeField(_("trained"), default=timezone.now)
    promoted_at = models.DateTimeField(_("in service since"), null=True, blank=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-pk"]
        verbose_name = _("recommendation release")
        verbose_name_plural = _("recommendation releases")
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="serving"), name="retail_ai_release_one_serves"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} ({self.get_state_display()})"


class Neighbour(models.Model):
    """One product that follows from another, by a release. ``support`` counts the people or orders behind it."""

    class Kind(models.TextChoices):
        NEXT = "next", _("chosen next")
        TOGETHER = "together", _("bought together")

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="neighbours", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    product = ProductForeignKey(related_name="+")
    neighbour = ProductForeignKey(related_name="+")
    score = models.FloatField()
    support = models.PositiveIntegerField(default=0)

    class Meta:
        app_label = "retail_ai"
        constraints = [
            models.UniqueConstraint(
                fields=["release", "kind", "product", "neighbour"], name="retail_ai_neighbour_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.product_id} → {self.neighbour_id} {self.score:.3f}"


class Popularity(models.Model):
    """How many people wanted a product in the 7 and 30 days before ``counted_at``, and in all.

    ``trend``: by how many standard deviations the week is above what the three weeks before it led one to expect.
    """

    product = ProductOneToOneField(related_name="+")
    week = models.FloatField(default=0)
    month = models.FloatField(default=0)
    overall = models.FloatField(default=0)
    trend = models.FloatField(default=0)
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        indexes = [
            models.Index(fields=["-week", "-month", "-overall"], name="retail_ai_popular"),
            models.Index(fields=["-trend"], name="retail_ai_trending", condition=Q(trend__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.product_id}: {self.week:g}"


class CustomerTaste(models.Model):
    """The weighted mean of the text vectors of what a customer did, unit length, by one embedder's identity."""

    customer = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    embedder = models.CharField(max_length=200)
    vector = VectorField()
    based_on = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.based_on}"


class Repurchase(models.Model):
    """After how many days a product is bought again: the median over buyers who did, and their share of all buyers."""

    product = ProductOneToOneField(related_name="+")
    days = models.FloatField()
    buyers = models.PositiveIntegerField()
    share = models.FloatField()
    counted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"

    def __str__(self) -> str:
        return f"{self.product_id}: {self.days:g} d"


class HiddenProduct(models.Model):
    """A product that someone said they are not interested in."""

    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=40, blank=True)
    product = ProductForeignKey(related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "product"], condition=Q(customer__isnull=False), name="retail_ai_hidden_customer"
            ),
            models.UniqueConstraint(
                fields=["visitor", "product"], condition=Q(customer__isnull=True), name="retail_ai_hidden_visitor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id or self.visitor}: {self.product_id}"


class UnusedProduct(models.Model):
    """A product of which someone said: do not use my views and purchases of it for suggestions."""

    customer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.CharField(max_length=40, blank=True)
    product = ProductForeignKey(related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "product"], condition=Q(customer__isnull=False), name="retail_ai_unused_customer"
            ),
            models.UniqueConstraint(
                fields=["visitor", "product"], condition=Q(customer__isnull=True), name="retail_ai_unused_visitor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id or self.visitor}: {self.product_id}"
