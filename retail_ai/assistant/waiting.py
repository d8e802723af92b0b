"""What of the assistant waits for the owner: customers who asked for a person, and questions without an answer."""

from typing import Any

from django.utils.translation import ngettext

from retail_ai.assistant.models import Conversation, Message, UnansweredQuestion
from retail_ai.waiting import Waiting, list_of, may_see


def waiting(user: Any) -> list[Waiting]:
    """Lines for this user."""
    return [*_customers(user), *_questions(user)]


def _customers(user: Any) -> list[Waiting]:
    if not may_see(user, Conversation):
        return []
    state = Conversation.State.NEEDS_HUMAN
    waits = Conversation.objects.filter(state=state).count()
    text = ngettext("customer waits for a person's answer", "customers wait for a person's answer", waits)
    return [Waiting(text, waits, list_of(Conversation, state__exact=state), urgent=True)]


def _questions(user: Any) -> list[Waiting]:
    if not may_see(user, UnansweredQuestion):
        return []
    asked = UnansweredQuestion.objects.filter(role=Message.Role.CUSTOMER, outcome=Message.Outcome.UNANSWERED).count()
    text = ngettext("question had no answer in your pages", "questions had no answer in your pages", asked)
    return [Waiting(text, asked, list_of(UnansweredQuestion))]
