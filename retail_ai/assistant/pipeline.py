"""From a message to a reply: language, intent, tool. No language model takes part, and nothing unsourced is said."""

from collections.abc import Callable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from retail_ai.assistant.replies import Outcome, Reply
from retail_ai.assistant.tools import find_products, quote_passages, show_orders, tell_fact
from retail_ai.conf import conf
from retail_ai.engine.answers import THRESHOLD
from retail_ai.engine.intents import Intent, intent_of, is_question, language_of

# Scores that a passage needs where another tool has a better claim to the message.
CLEARLY, SURELY = 0.6, 0.75


def answer(text: str, *, customer: Any, page_language: str) -> tuple[Reply, str]:
    """(reply, its language). ``customer`` is the signed-in user or None; ``text`` has been cleaned."""
    language = language_of(text, default=page_language, known=tuple(conf.LANGUAGES))
    with translation.override(language):
        return _route(text, customer, language), language


def _route(text: str, customer: Any, language: str) -> Reply:
    intent = intent_of(text)
    if intent in FIXED:
        return FIXED[intent]()
    if intent is Intent.ORDERS:
        return _orders(text, customer, language)
    if (fact := tell_fact(text)) is not None:
        return fact
    wants_goods = intent is Intent.PRODUCTS
    # "Do you have …" may ask for goods or for a service: a passage that fits well goes first.
    quoted = quote_passages(text, language, threshold=CLEARLY if wants_goods else THRESHOLD)
    if quoted is None and (wants_goods or not is_question(text)):
        quoted = find_products(text, sure=wants_goods)
    return quoted or cannot_answer()


def _orders(text: str, customer: Any, language: str) -> Reply:
    """For visitors, who have no orders to show, a passage on the subject is of more use than a refusal alone."""
    reply = show_orders(text, customer)
    if customer is not None:
        return reply
    quoted = quote_passages(text, language, threshold=SURELY)
    if quoted is None:
        return reply
    return Reply(text=f"{reply.text} {quoted.text}", tool="orders", sources=quoted.sources)


def cannot_answer() -> Reply:
    """Said whenever no source answers."""
    text = _("I cannot answer that from our help pages or our range. You can ask a person of our team here.")
    return Reply(text=text, tool="none", outcome=Outcome.UNANSWERED)


def hand_over() -> Reply:
    """Said when the conversation goes to a person."""
    text = _("I have passed this on to our team. A person will answer here; you will see it when you come back.")
    return Reply(text=text, tool="human", outcome=Outcome.HANDED_OVER)


def _greet() -> Reply:
    text = _("Hello! I can find products, tell you about delivery, returns and payment, and show you your orders.")
    return Reply(text=text, tool="greeting")


def _welcome() -> Reply:
    return Reply(text=_("You are welcome."), tool="greeting")


FIXED: dict[Intent, Callable[[], Reply]] = {
    Intent.GREETING: _greet,
    Intent.THANKS: _welcome,
    Intent.HUMAN: hand_over,
}
