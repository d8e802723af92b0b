"""Writes of the assistant: ask, hand over, reply as staff, begin anew, index the passages."""

import time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from retail_ai.assistant import pipeline
from retail_ai.assistant.models import Conversation, Message
from retail_ai.assistant.replies import Outcome, Reply
from retail_ai.assistant.selectors import Owner, current_conversation
from retail_ai.engine.intents import clean
from retail_ai.exceptions import InvalidInput
from retail_ai.jobs.models import Job
from retail_ai.jobs.services import create_job

State, Role = Conversation.State, Message.Role


def ask(*, owner: Owner, text: str, page_language: str) -> tuple[Message, Message]:
    """Store the question and its answer in the owner's conversation. Raises InvalidInput for an empty message."""
    text = clean(text)
    if not text:
        raise InvalidInput(_("Please type a question first."))
    started = time.perf_counter()
    reply, language = pipeline.answer(text, customer=owner.customer, page_language=page_language)
    return _store(owner, text, reply, language, int(1000 * (time.perf_counter() - started)))


@transaction.atomic
def hand_over(*, owner: Owner, page_language: str) -> Message:
    """Ask for a person; the conversation then shows up in the admin as needing one."""
    with translation.override(page_language):
        reply = pipeline.hand_over()
    conversation = _conversation(owner, page_language)
    _set_state(conversation, State.NEEDS_HUMAN)
    return _say(conversation, reply, page_language, 0)


@transaction.atomic
def reply_as_staff(*, conversation: Conversation, text: str, staff: Any) -> Message:
    """A person's answer, which the customer sees when they next look. Raises InvalidInput when it is empty."""
    text = clean(text)
    if not text:
        raise InvalidInput(_("Please type a reply first."))
    _set_state(conversation, State.ANSWERED)
    return Message.objects.create(
        conversation=conversation, role=Role.STAFF, text=text, staff=staff, language=conversation.language
    )


def set_state(*, conversation: Conversation, state: str) -> None:
    """Close a conversation or open it again."""
    _set_state(conversation, state)


def begin_anew(*, owner: Owner) -> None:
    """Close the owner's conversation; the next message starts another. Raises InvalidInput while a person is about to
    answer it."""
    conversation = current_conversation(owner)
    if conversation is None:
        return
    if conversation.state == State.NEEDS_HUMAN:
        raise InvalidInput(_("A person of our team will answer here first. Until then you can go on asking."))
    _set_state(conversation, State.CLOSED)


def start_index_job(*, started_by: Any = None) -> Job:
    """A job that brings the index of passages in step with the shop. The caller enqueues it."""
    return create_job(kind="assistant.index", title=_("Index help texts"), keys=["passages"], started_by=started_by)


@transaction.atomic
def _store(owner: Owner, text: str, reply: Reply, language: str, took: int) -> tuple[Message, Message]:
    conversation = _conversation(owner, language)
    question = Message.objects.create(
        conversation=conversation, role=Role.CUSTOMER, text=text, language=language, outcome=reply.outcome
    )
    if reply.outcome == Outcome.HANDED_OVER:
        _set_state(conversation, State.NEEDS_HUMAN)
    elif conversation.state == State.ANSWERED and reply.outcome == Outcome.UNANSWERED:
        # They go on talking with the person who answered before.
        _set_state(conversation, State.NEEDS_HUMAN)
    return question, _say(conversation, reply, language, took)


def _say(conversation: Conversation, reply: Reply, language: str, took: int) -> Message:
    Conversation.objects.filter(pk=conversation.pk).update(updated_at=timezone.now(), language=language)
    return Message.objects.create(
        conversation=conversation,
        role=Role.ASSISTANT,
        text=reply.text,
        language=language,
        tool=reply.tool,
        outcome=reply.outcome,
        sources=reply.sources,
        products=reply.products,
        orders=reply.orders,
        milliseconds=took,
    )


def _conversation(owner: Owner, language: str) -> Conversation:
    found = current_conversation(owner)
    if found is not None:
        return found
    return Conversation.objects.create(
        customer=owner.customer, visitor="" if owner.customer else owner.visitor, language=language
    )


def _set_state(conversation: Conversation, state: str) -> None:
    conversation.state = state
    conversation.save(update_fields=["state", "updated_at"])


def settle_questions(*, questions: QuerySet[Any], settled: bool) -> int:
    """Mark unanswered questions as dealt with, or take that back; how many there were."""
    keys = list(questions.values_list("pk", flat=True))
    return Message.objects.filter(pk__in=keys).update(outcome=Outcome.RESOLVED if settled else Outcome.UNANSWERED)
