"""Admin of the assistant: who waits for a person, transcripts with a reply form, questions nobody could answer."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from retail_ai.assistant.models import Conversation, Message, UnansweredQuestion
from retail_ai.assistant.services import reply_as_staff, set_state, settle_questions
from retail_ai.exceptions import InvalidInput
from retail_ai.lists import ReadOnlyAdmin

State, Outcome = Conversation.State, Message.Outcome


class TalkAdmin(ReadOnlyAdmin):
    """Rows that are looked at and, by those who may change them, answered; never typed in."""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)


@admin.register(Conversation)
class ConversationAdmin(TalkAdmin):
    """The list, and a transcript with a form to reply."""

    list_display = ["__str__", "who", "state", "language", "size", "updated_at"]
    list_filter = ["state", "language", "updated_at"]
    search_fields = ["messages__text"]
    list_select_related = ["customer"]
    empty_text = _(
        "No shopper has asked anything yet. "
        "Put the chat button on your pages with the template tag “retail_ai_assistant”."
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Conversation]:
        queryset: QuerySet[Conversation] = super().get_queryset(request)
        return queryset.annotate(size=Count("messages"))

    @admin.display(description=_("customer"), ordering="customer")
    def who(self, conversation: Conversation) -> str:
        return str(conversation.customer) if conversation.customer else gettext("a visitor")

    @admin.display(description=_("messages"), ordering="size")
    def size(self, conversation: Any) -> int:
        return int(conversation.size)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The transcript in place of a form."""
        conversation = self.get_object(request, object_id)
        if conversation is None or not self.has_view_permission(request, conversation):
            return super().change_view(request, object_id, form_url, extra_context)
        may_reply = self.has_change_permission(request, conversation)
        if request.method == "POST" and may_reply:
            self._act(request, conversation)
            return HttpResponseRedirect(request.path)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": gettext("Conversation %(number)s") % {"number": conversation},
            "conversation": conversation,
            "log": conversation.messages.select_related("staff"),
            "may_reply": may_reply,
        }
        return TemplateResponse(request, "retail_ai/assistant/transcript.html", context)

    def _act(self, request: HttpRequest, conversation: Conversation) -> None:
        if "close" in request.POST or "reopen" in request.POST:
            set_state(conversation=conversation, state=State.CLOSED if "close" in request.POST else State.NEEDS_HUMAN)
            return
        try:
            reply_as_staff(conversation=conversation, text=request.POST.get("text", ""), staff=request.user)
        except InvalidInput as error:
            messages.error(request, str(error))
            return
        messages.success(
            request, gettext("Your reply is in the conversation; the customer sees it on their next look.")
        )


class OpenFilter(admin.SimpleListFilter):
    """Those still open, unless asked otherwise."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("resolved", _("dealt with"))]

    def choices(self, changelist: Any) -> Any:
        first, *rest = list(super().choices(changelist))
        yield {**first, "display": _("open")}
        yield from rest

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(outcome=Outcome.RESOLVED if self.value() == "resolved" else Outcome.UNANSWERED)


@admin.register(UnansweredQuestion)
class UnansweredQuestionAdmin(TalkAdmin):
    """What shoppers asked and no source answered: what to write a help text on next."""

    list_display = ["text", "language", "created_at", "conversation_link"]
    list_display_links = None
    list_filter = [OpenFilter, "language"]
    search_fields = ["text"]
    ordering = ["-pk"]
    actions = ["settle", "unsettle"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.filter(role=Message.Role.CUSTOMER, outcome__in=[Outcome.UNANSWERED, Outcome.RESOLVED])

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A question is read in its conversation."""
        question = self.get_object(request, object_id)
        if question is None or not self.has_view_permission(request, question):
            return super().change_view(request, object_id, form_url, extra_context)
        return HttpResponseRedirect(reverse("admin:retail_ai_conversation_change", args=[question.conversation_id]))

    @admin.display(description=_("conversation"))
    def conversation_link(self, question: UnansweredQuestion) -> str:
        address = reverse("admin:retail_ai_conversation_change", args=[question.conversation_id])
        return format_html('<a href="{}">#{}</a>', address, question.conversation_id)

    @admin.action(description=_("Mark as dealt with"), permissions=["change"])
    def settle(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._tell(request, settle_questions(questions=rows, settled=True))

    @admin.action(description=_("Undo: list as open again"), permissions=["change"])
    def unsettle(self, request: HttpRequest, rows: QuerySet[Any]) -> None:
        self._tell(request, settle_questions(questions=rows, settled=False))

    def _tell(self, request: HttpRequest, count: int) -> None:
        messages.success(request, ngettext("%d question changed.", "%d questions changed.", count) % count)
