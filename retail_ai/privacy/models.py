"""The Consent table: what each person allowed, and when. Rows are added, never changed: the newest counts."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

__all__ = ["Consent"]


class Consent(models.Model):
    """A yes or a no to one purpose, by a customer or by a visitor who is not signed in."""

    class Purpose(models.TextChoices):
        TRACKING = "tracking", _("remember what I look at and suggest products from it")
        MARKETING = "marketing", _("send me offers by e-mail")

    customer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("customer"),
    )
    visitor = models.CharField(_("visitor"), max_length=40, blank=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose)
    granted = models.BooleanField(_("granted"))
    source = models.CharField(_("where it was said"), max_length=80, blank=True)
    occurred_at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        app_label = "retail_ai"
        ordering = ["-occurred_at", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                condition=Q(customer__isnull=False) | ~Q(visitor=""), name="retail_ai_consent_has_subject"
            )
        ]
        indexes = [
            models.Index(fields=["visitor", "purpose", "-occurred_at"], name="retail_ai_consent_visitor"),
            models.Index(fields=["customer", "purpose", "-occurred_at"], name="retail_ai_consent_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {'yes' if self.granted else 'no'}"
