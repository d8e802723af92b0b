"""What goes into a generator and what comes out: Prompt, Message, Generation. Nothing here runs a model."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from retail_ai.engine.facts import ProductFacts
from retail_ai.exceptions import InvalidInput

Role = Literal["system", "user", "assistant"]
FinishReason = Literal["stop", "length", "error"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a chat."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is asked of a generator. Language models read ``messages``; a composer reads ``facts`` and ``hints``.

    ``hints`` are passed to the composing function as keyword arguments (field, tone, language…).
    """

    messages: tuple[Message, ...] = ()
    facts: ProductFacts | None = None
    hints: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Generation:
    """One text that was generated, and what it cost. ``finish_reason`` is "length" where the token limit cut it."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    finish_reason: FinishReason = "stop"


PromptLike = Prompt | str | Sequence[Message | Mapping[str, str]]


def as_prompt(given: PromptLike) -> Prompt:
    """A Prompt from what a caller may hand in: itself, a plain text (one user turn), or a list of chat turns."""
    if isinstance(given, Prompt):
        return given
    if isinstance(given, str):
        return Prompt(messages=(Message("user", given),))
    return Prompt(messages=tuple(_as_messages(given)))


def _as_messages(turns: Iterable[Message | Mapping[str, str]]) -> Iterable[Message]:
    for turn in turns:
        if isinstance(turn, Message):
            yield turn
            continue
        role, content = turn.get("role"), turn.get("content")
        if role not in ("system", "user", "assistant") or not isinstance(content, str):
            raise InvalidInput(f"A chat turn needs a role (system, user, assistant) and a text, not {dict(turn)!r}.")
        yield Message(role, content)  # type: ignore[arg-type]
