"""Admin of the owner's rules for slates, with a preview: what a slate shows without the rule and with it."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.tasks import enqueue
from retail_ai.recommendations.models import SlateRule
from retail_ai.recommendations.related import start_related_job
from retail_ai.recommendations.report_admin import report_page
from retail_ai.recommendations.rule_boosts import boost_products
from retail_ai.recommendations.rule_doubts import doubts_of
from retail_ai.recommendations.rule_preview import compare
from retail_ai.stores import get_store
from retail_ai.stores.admin import ProductAction, register_product_action


def _relate(request: HttpRequest, queryset: QuerySet[Any]) -> Job | None:
    try:
        keys = list(queryset.order_by("pk").values_list("pk", flat=True))
        job = start_related_job(keys=keys, started_by=request.user)
    except InvalidInput as error:
        messages.error(request, str(error))
        return None
    enqueue(job)
    return job


def _boost(request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
    """Show these products more, for a month; the rules are shown, to change or switch off."""
    count = boost_products(products=queryset.values_list("pk", flat=True), created_by=request.user)
    messages.success(request, _("%(count)d products are shown more from now on.") % {"count": count})
    return HttpResponseRedirect(reverse("admin:retail_ai_slaterule_changelist"))


register_product_action(
    ProductAction("retail_ai_boost", _("Show it more in recommendations"), "retail_ai.add_slaterule", _boost)
)
register_product_action(
    ProductAction("retail_ai_relate", _("Write related products"), "retail_ai.change_slaterule", _relate)
)


@admin.register(SlateRule)
class SlateRuleAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Rules, which hold now, and what each changes."""

    list_display = ("__str__", "action", "slate_name", "where", "when", "now", "note", "preview_link")
    list_filter = ("action", "slate", "is_active")
    search_fields = ("category", "brand", "on_category", "note")
    list_select_related = ("product",)
    raw_id_fields = ("product",)
    actions = ("switch_on", "switch_off")
    fieldsets = (
        (_("What to do"), {"fields": ("action", "factor", "position")}),
        (_("With which products (choose one)"), {"fields": ("product", "category", "brand")}),
        (_("Where and when"), {"fields": ("slate", "on_category", "starts_at", "ends_at", "is_active", "note")}),
    )
    change_list_template = "admin/retail_ai/slaterule/change_list.html"
    change_form_template = "admin/retail_ai/slaterule/change_form.html"

    class Media:
        css = {"all": ("retail_ai/admin.css",)}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.preview)
        report = self.admin_site.admin_view(self.report)
        return [
            path("report/", report, name="retail_ai_slaterule_report"),
            path("<int:key>/preview/", view, name="retail_ai_slaterule_preview"),
            *super().get_urls(),
        ]

    def report(self, request: HttpRequest) -> HttpResponse:
        """What came of the slates."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        return report_page(request, {**self.admin_site.each_context(request), "opts": self.opts, "media": self.media})

    def save_model(self, request: HttpRequest, obj: SlateRule, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
        for doubt in doubts_of(obj):
            messages.warning(request, doubt)

    @admin.display(description=_("slate"), ordering="slate")
    def slate_name(self, rule: SlateRule) -> str:
        return rule.get_slate_display() if rule.slate else str(_("all"))

    @admin.display(description=_("on pages of"))
    def where(self, rule: SlateRule) -> str:
        return rule.on_category or str(_("everywhere"))

    @admin.display(description=_("when"))
    def when(self, rule: SlateRule) -> str:
        days = [f"{moment:%Y-%m-%d %H:%M}" if moment else "…" for moment in (rule.starts_at, rule.ends_at)]
        return " – ".join(days) if rule.starts_at or rule.ends_at else str(_("always"))

    @admin.display(description=_("in force now"), boolean=True)
    def now(self, rule: SlateRule) -> bool:
        now = timezone.now()
        return bool(
            rule.is_active
            and (not rule.starts_at or rule.starts_at <= now)
            and (not rule.ends_at or rule.ends_at > now)
        )

    @admin.display(description=_("preview"))
    def preview_link(self, rule: SlateRule) -> str:
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:retail_ai_slaterule_preview", args=[rule.pk]),
            _("see what it changes"),
        )

    @admin.action(description=_("Switch the selected rules on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet[SlateRule]) -> None:
        self.message_user(request, _("%(count)d rules are on.") % {"count": queryset.update(is_active=True)})

    @admin.action(description=_("Switch the selected rules off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet[SlateRule]) -> None:
        self.message_user(request, _("%(count)d rules are off.") % {"count": queryset.update(is_active=False)})

    def preview(self, request: HttpRequest, key: int) -> HttpResponse:
        """The slate before and after the rule, side by side, for a product's page or a customer that is picked."""
        rule = self.get_object(request, str(key))
        if not self.has_view_permission(request, rule):
            return HttpResponse(status=403)
        if rule is None:
            return HttpResponse(status=404)
        context = {
            **self.admin_site.each_context(request),
            "title": _("What the rule changes"),
            "opts": self.opts,
            "media": self.media,
            "rule": rule,
            **compare(rule, request.GET, get_store()),
        }
        return TemplateResponse(request, "admin/retail_ai/slaterule/preview.html", context)
