"""Admin of campaigns: segments with their size, and a campaign's way from draft to sent on its own page."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from retail_ai.campaigns import admin_views as views
from retail_ai.campaigns.audience import audience_of
from retail_ai.campaigns.comparison import comparison_of
from retail_ai.campaigns.comparison_words import plot, rows, said
from retail_ai.campaigns.models import Campaign, CampaignProduct, Segment, SegmentProduct
from retail_ai.campaigns.results import results_of
from retail_ai.conf import conf
from retail_ai.jobs.models import Job
from retail_ai.stores.admin import ProductAction, register_product_action


class WantedInline(admin.TabularInline):  # type: ignore[type-arg]
    """Products that a segment's customers would want one of."""

    model = SegmentProduct
    raw_id_fields = ("product",)
    extra = 0


@admin.register(Segment)
class SegmentAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Who to write to."""

    list_display = ("name", "category", "bought_within_days", "lapsed_days", "min_orders")
    search_fields = ("name", "category")
    fields = ("name", "category", "bought_within_days", "lapsed_days", "min_orders", "at_most", "size")
    inlines = (WantedInline,)
    readonly_fields = ("size",)
    empty_text = _("No segment yet. Add one to say who a campaign is for, such as everyone who bought within a year.")

    @admin.display(description=_("how many"))
    def size(self, segment: Segment) -> str:
        if segment.pk is None:
            return str(_("Save to count."))
        audience = audience_of(segment)
        numbers = {"matching": audience.matching, "contacts": audience.contacts}
        return _("%(matching)d customers match, %(contacts)d of them may be mailed now.") % numbers


class FeaturedInline(admin.TabularInline):  # type: ignore[type-arg]
    """Products that every mail features."""

    model = CampaignProduct
    raw_id_fields = ("product",)
    extra = 0


@admin.register(Campaign)
class CampaignAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The panel above the form says what to do next."""

    list_display = ("name", "state", "segment", "created_at", "sent_at")
    list_filter = ("state",)
    search_fields = ("name", "subject")
    list_select_related = ("segment",)
    fields = ("name", "segment", "subject", "body", "language", "products_each", "holdout_percent")
    inlines = (FeaturedInline,)
    empty_text = _(
        "No campaign yet. Add one here, or select products in the shop's list and choose “Add to campaign”."
    )
    change_form_template = "admin/retail_ai/campaign/change_form.html"

    class Media:
        css = {"all": ("retail_ai/admin.css",)}

    def get_urls(self) -> list[URLPattern]:
        return [
            path(route, self.admin_site.admin_view(view), name=f"retail_ai_campaign_{name}")
            for route, view, name in views.ROUTES
        ] + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> Any:
        campaign = self.get_object(request, object_id)
        extra = {**(extra_context or {}), "campaign": campaign}
        if campaign is not None:
            jobs = Job.objects.filter(kind__startswith="campaigns.", params__campaign=campaign.pk)
            extra |= {"results": results_of(campaign), "job": jobs.order_by("pk").last()}
            extra |= {"comparison": words_of(campaign)}
        return super().change_view(request, object_id, form_url, extra)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was approved stays as it was approved."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state in Campaign.EDITABLE)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        kept = (Campaign.State.SENDING, Campaign.State.SENT)
        return super().has_delete_permission(request, obj) and (obj is None or obj.state not in kept)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The language is chosen among those that the shop writes."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name != "language":
            return field
        choices = [("", _("each customer's own")), *((code, code) for code in conf.LANGUAGES)]
        return forms.ChoiceField(choices=choices, required=False, label=field.label)

    def save_model(self, request: HttpRequest, obj: Campaign, form: Any, change: bool) -> None:
        """What was typed, and nothing else: its state may have moved on meanwhile."""
        if change:
            obj.save(update_fields=self.fields)
            return
        obj.created_by = request.user  # type: ignore[assignment]
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Changed words or products make prepared mails stale: back to draft."""
        super().save_related(request, form, formsets, change)
        changed = form.has_changed() or any(formset.has_changed() for formset in formsets)
        if changed:
            prepared = Campaign.objects.filter(pk=form.instance.pk, state=Campaign.State.PREPARED)
            prepared.update(state=Campaign.State.DRAFT)


def words_of(campaign: Campaign) -> dict[str, Any] | None:
    """What the page shows of the campaign's effect; None where there is nothing to compare."""
    result = comparison_of(campaign)
    return {"said": said(result), "rows": rows(result), "plot": plot(result)} if result else None


register_product_action(
    ProductAction("retail_ai_campaign", _("Add to campaign"), "retail_ai.change_campaign", views.choose_campaign)
)
register_product_action(
    ProductAction(
        "retail_ai_wanted", _("Draft a campaign to who would want it"), "retail_ai.add_campaign", views.draft_wanted
    )
)
