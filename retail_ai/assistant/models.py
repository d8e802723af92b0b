"""Tables of the assistant: conversations, their messages, and the index of the shop's own passages.

They hold no products' prices or stock: a message keeps which products it showed, and the shop is asked at each view.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from pgvector.django import VectorField

__all__ = ["Conversation", "Message", "PassageVector", "UnansweredQuestion"]


class Conversation(models.Model):
    """One shopper's talk with the shop. Its owner is a customer or a visitor's session, never both."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        NEEDS_HUMAN = "needs_human", _("needs a human")
        ANSWERED = "answered", _("answered by staff")
        CLOSED = "closed", _("closed")

    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    visitor = models.CharField(_("visitor"), max_length=64, blank=True)
    language = models.CharField(_("language"), max_length=10, default="en")
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.OPEN, db_index=True)
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last message"), auto_now=True, db_index=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-updated_at"]
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        constraints = [
            models.CheckConstraint(
                name="retail_ai_conversation_one_owner",
                condition=models.Q(customer=None) ^ models.Q(visitor=""),
            )
        ]
        indexes = [
            models.Index(fields=["visitor"], name="retail_ai_conv_visitor", condition=~models.Q(visitor="")),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Message(models.Model):
    """One turn. An answer keeps its sources, the products it showed, the tool it used and how long it took."""

    class Role(models.TextChoices):
        CUSTOMER = "customer", _("customer")
        ASSISTANT = "assistant", _("assistant")
        STAFF = "staff", _("staff")

    class Outcome(models.TextChoices):
        NONE = "", "—"
        ANSWERED = "answered", _("answered")
        UNANSWERED = "unanswered", _("unanswered")
        HANDED_OVER = "handed_over", _("handed over")
        RESOLVED = "resolved", _("dealt with")

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    role = models.CharField(_("who"), max_length=10, choices=Role)
    text = models.TextField(_("text"))
    language = models.CharField(_("language"), max_length=10, blank=True)
    tool = models.CharField(_("tool"), max_length=40, blank=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome, blank=True, default="", db_index=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    products = models.JSONField(_("products shown"), default=list, blank=True)
    orders = models.JSONField(_("orders shown"), default=list, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)
    staff = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("member of staff"),
    )
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["pk"]
        verbose_name = _("message")
        verbose_name_plural = _("messages")

    def __str__(self) -> str:
        return self.text[:80]


class UnansweredQuestion(Message):
    """The same rows, listed apart for the shop's owner: what shoppers asked and no source answered."""

    class Meta:
        app_label = "retail_ai"
        proxy = True
        verbose_name = _("unanswered question")
        verbose_name_plural = _("unanswered questions")


class PassageVector(models.Model):
    """A passage of the shop's own text with its vector; ``content_hash`` tells when it must be embedded anew."""

    passage = models.CharField(_("passage"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"))
    url = models.CharField(_("address"), max_length=500, blank=True)
    embedder = models.CharField(_("embedder"), max_length=200)
    content_hash = models.CharField(max_length=64)
    # One row of numbers each for the title and for every sentence of the text, all of one embedder.
    vector = VectorField()
    position = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "retail_ai"
        ordering = ["passage", "language", "position"]
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [
            models.UniqueConstraint(
                fields=["embedder", "passage", "language", "position"], name="retail_ai_passage_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
