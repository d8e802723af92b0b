"""Admin of learned voices: each training with its figures and losses, learn, promote, roll back."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from retail_ai.descriptions.learning import start_learn_job
from retail_ai.descriptions.lessons import FEWEST, lesson_counts
from retail_ai.descriptions.voice_models import VoiceRelease
from retail_ai.descriptions.voice_plots import loss_plot
from retail_ai.descriptions.voice_releases import promote_voice, roll_back_voice
from retail_ai.exceptions import RetailAIError
from retail_ai.jobs.tasks import enqueue

CHANGE = "retail_ai.change_voicerelease"
WHO = {"candidate": _("this one"), "current": _("what served when it was trained"), "base": _("the model as it came")}


@admin.register(VoiceRelease)
class VoiceReleaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """They are made by learning and changed by promoting and rolling back only."""

    list_display = ("__str__", "created_at", "loss", "invented", "passed_gate", "text_count", "base", "promoted_at")
    list_filter = ("state",)
    actions = ("promote",)
    change_list_template = "admin/retail_ai/voicerelease/change_list.html"
    fields = (
        "state", "passed_gate", "reasons", "table", "plot", "parts", "base", "configuration", "data_from",
        "data_until", "text_count", "edited_count", "job", "created_at", "promoted_at",
    )  # fmt: skip
    readonly_fields = fields

    class Media:
        css = {"all": ("retail_ai/admin.css", "retail_ai/descriptions/voice.css")}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("learn/", view(self.learn), name="retail_ai_voicerelease_learn"),
            path("roll-back/", view(self.roll_back), name="retail_ai_voicerelease_roll_back"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Without buttons to save: nothing on the page can be changed."""
        quiet = {"show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, (extra_context or {}) | quiet)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With how many texts there are to learn from, and whether something serves that could be rolled back."""
        count, edited = lesson_counts()
        more = {
            "lesson_count": count, "edited": edited, "is_enough": count >= FEWEST, "fewest": FEWEST,
            "serves": VoiceRelease.objects.filter(state=VoiceRelease.State.SERVING).exists(),
            "minutes": _minutes(count),
        }  # fmt: skip
        return super().changelist_view(request, more | (extra_context or {}))

    # -- figures --------------------------------------------------------------------------------------------
    @admin.display(description=_("loss on unseen texts (now serving)"))
    def loss(self, release: VoiceRelease) -> str:
        rows = release.metrics.get("held_out")
        return f"{rows['candidate']['loss']:.4f} ({rows['current']['loss']:.4f})" if rows else "–"

    @admin.display(description=_("claims without a fact"))
    def invented(self, release: VoiceRelease) -> str:
        rows = release.metrics.get("probe")
        return str(rows["candidate"]["unsupported"]) if rows else "–"

    @admin.display(description=_("why it does not serve by itself"))
    def reasons(self, release: VoiceRelease) -> str:
        return format_html_join("", "<p>{}</p>", ((note,) for note in release.notes)) or "–"

    @admin.display(description=_("on products it never saw"))
    def table(self, release: VoiceRelease) -> SafeString:
        losses, probes = release.metrics.get("held_out", {}), release.metrics.get("probe", {})
        rows = [(WHO.get(who, who), f"{row['loss']:.4f}", *_probe(probes.get(who))) for who, row in losses.items()]
        head = (
            _("loss a token"),
            _("texts written"),
            _("claims without a fact"),
            _("sentences of the model that held"),
        )
        return format_html(
            '<div class="retail-ai-scroll"><table><tr><th></th>{}</tr>{}</table></div>',
            format_html_join("", "<th>{}</th>", ((name,) for name in head)),
            format_html_join("", "<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>", rows),
        )

    @admin.display(description=_("loss by epoch"))
    def plot(self, release: VoiceRelease) -> str:
        return loss_plot(release.metrics.get("epochs", []), release.metrics.get("best_epoch", 0)) or "–"

    @admin.display(description=_("texts"))
    def parts(self, release: VoiceRelease) -> str:
        parts, out = release.metrics.get("texts", {}), release.metrics.get("left_out", {})
        said = [f"{name.replace('_', ' ')}: {count}" for name, count in (parts | out).items()]
        seconds = release.metrics.get("seconds")
        return "; ".join(said) + (f" · {seconds} s, {release.metrics.get('device')}" if seconds else "") or "–"

    # -- buttons --------------------------------------------------------------------------------------------
    @admin.action(description=_("Let the selected release serve"), permissions=["change"])
    def promote(self, request: HttpRequest, queryset: QuerySet[VoiceRelease]) -> None:
        if queryset.count() != 1:
            messages.error(request, _("Select exactly one release."))
            return
        _tell(request, lambda: promote_voice(release=queryset.get()))

    def learn(self, request: HttpRequest) -> HttpResponse:
        _only_post(request)
        try:
            job = start_learn_job(started_by=request.user)
        except RetailAIError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(reverse("admin:retail_ai_voicerelease_changelist"))
        enqueue(job)
        messages.success(request, _("Learning has begun."))
        return HttpResponseRedirect(reverse("admin:retail_ai_job_change", args=[job.pk]))

    def roll_back(self, request: HttpRequest) -> HttpResponse:
        _only_post(request)
        _tell(request, roll_back_voice)
        return HttpResponseRedirect(reverse("admin:retail_ai_voicerelease_changelist"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The one in service cannot go."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.state != VoiceRelease.State.SERVING)


def _probe(row: dict[str, int] | None) -> tuple[str, str, str]:
    if row is None:
        return "–", "–", "–"
    return str(row["texts"]), str(row["unsupported"]), f"{row['model_kept']} / {row['model_sentences']}"


def _minutes(texts: int) -> int | None:
    """About how long it takes, from the last training here; None where there was none."""
    last = VoiceRelease.objects.filter(text_count__gt=0).exclude(metrics={}).first()
    if last is None or not last.metrics.get("seconds"):
        return None
    return max(1, round(float(last.metrics["seconds"]) / last.text_count * texts / 60))


def _only_post(request: HttpRequest) -> None:
    if request.method != "POST" or not request.user.has_perm(CHANGE):
        raise PermissionDenied


def _tell(request: HttpRequest, change: Callable[[], VoiceRelease | None]) -> None:
    try:
        release = change()
    except RetailAIError as error:
        messages.error(request, str(error))
        return
    if release is None:
        messages.success(request, _("The model writes as it came from now on."))
    else:
        messages.success(request, _("Release %(release)s serves from now on.") % {"release": f"#{release.pk}"})
