"""Admin of the style guide: its lists checked line by line, and what it would find in the drafts that wait."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from retail_ai.descriptions.checking import style_in_words
from retail_ai.descriptions.guides import as_guide, lines_of, pairs_of
from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.recheck import start_recheck_job
from retail_ai.descriptions.snapshots import to_facts
from retail_ai.descriptions.voice_models import VoiceGuide
from retail_ai.descriptions.voiced import style_of
from retail_ai.engine.grounding import FactBase
from retail_ai.jobs.tasks import enqueue

LOOKED_AT, SHOWN = 200, 8


class GuideForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says of each list which line is wrong, and stores each line once."""

    class Meta:
        model = VoiceGuide
        fields = ("name", "language", "tone", "banned", "preferred", "spelling", "person", "examples", "is_active")

    def clean_language(self) -> str:
        return str(self.cleaned_data["language"]).strip().lower().replace("_", "-")

    def clean_banned(self) -> str:
        return "\n".join(lines_of(self.cleaned_data["banned"]))

    def clean_examples(self) -> str:
        return "\n".join(lines_of(self.cleaned_data["examples"]))

    def clean_preferred(self) -> str:
        return "\n".join(f"{instead} => {say}" for instead, say in pairs_of(self.cleaned_data["preferred"]))


@admin.register(VoiceGuide)
class VoiceGuideAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The shop's guide. What is written follows it from the next draft on; review marks what breaks it."""

    form = GuideForm
    list_display = ("name", "language", "tone", "spelling", "person", "is_active", "updated_at")
    list_filter = ("is_active", "language")
    readonly_fields = ("found_in_drafts",)
    change_list_template = "admin/retail_ai/change_list.html"
    empty_text = _(
        "No guide yet. Without one, texts are written plainly. Add one to ban words or to say how you write."
    )

    class Media:
        css = {"all": ("retail_ai/descriptions/voice.css",)}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*GuideForm.Meta.fields, *(["found_in_drafts"] if obj else [])]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        for name in ("banned", "preferred", "examples"):
            form.base_fields[name].widget.attrs["rows"] = 5
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        _recheck(request)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        _recheck(request)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        super().delete_queryset(request, queryset)
        _recheck(request)

    @admin.display(description=_("what it finds in waiting drafts"))
    def found_in_drafts(self, row: VoiceGuide) -> str:
        drafts = Draft.objects.filter(state=Draft.State.DRAFT).select_related("product").order_by("-pk")
        if row.language:
            drafts = drafts.filter(language__istartswith=row.language)
        found = [line for draft in drafts[:LOOKED_AT] for line in _found(draft, row)]
        if not found:
            return str(_("Nothing in the newest %(n)d.") % {"n": LOOKED_AT})
        more = _("… and %(n)d more.") % {"n": len(found) - SHOWN} if len(found) > SHOWN else ""
        lines = format_html_join("", '<li><a href="{}">{}</a>: {}</li>', found[:SHOWN])
        return format_html('<ul class="retail-ai-found">{}</ul>{}', lines, more)


def _recheck(request: HttpRequest) -> None:
    """Drafts that wait are held to the guide as it is now, by a job."""
    if job := start_recheck_job(started_by=request.user):
        enqueue(job)
        url = reverse("admin:retail_ai_job_change", args=[job.pk])
        messages.info(request, format_html('<a href="{}">{}</a>', url, job.title))


def _found(draft: Draft, row: VoiceGuide) -> list[tuple[str, str, str]]:
    style = style_of(draft.text, as_guide(row), draft.language, FactBase(to_facts(draft.facts)))
    url = reverse("admin:retail_ai_draft_change", args=[draft.pk])
    return [(url, str(draft), style_in_words(finding)) for finding in style]
