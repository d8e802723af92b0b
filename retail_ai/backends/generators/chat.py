"""Turns chat messages into the text a language model was trained to continue. Runs no model."""

from collections.abc import Sequence
from typing import Any

from retail_ai.backends.prompts import Message
from retail_ai.backends.texts import without_surrogates


def chat_text(tokenizer: Any, messages: Sequence[Message]) -> str:
    """The model's own chat template filled in, or, where it has none, the plain texts one after the other."""
    turns = [{"role": m.role, "content": defused(tokenizer, m.content)} for m in messages]
    if not tokenizer.chat_template:
        return "\n\n".join(turn["content"] for turn in turns)
    text: str = tokenizer.apply_chat_template(turns, tokenize=False, add_generation_prompt=True)
    return text


def defused(tokenizer: Any, content: str) -> str:
    """The content with the model's control tokens broken up.

    A review that holds "<|im_end|>" must not end the shopper's turn and begin one of its own.
    """
    content = without_surrogates(content)
    for token in tokenizer.all_special_tokens:
        if len(token) > 1 and token in content:
            content = content.replace(token, f"{token[0]} {token[1:]}")
    return content
