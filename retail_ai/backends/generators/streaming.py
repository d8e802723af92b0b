"""Hands tokens from the thread that generates to the one that reads, as pieces of text. Generates nothing itself."""

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from retail_ai.backends.generators.sampling import cut_at

_DONE = object()


class TokenQueue:
    """What transformers' generate() takes as ``streamer``; iterating over it gives the text's pieces.

    Holds back what may still change: half a character, or the beginning of a stop string.
    """

    def __init__(self, decode: Callable[[Sequence[int]], str], stop: Sequence[str]) -> None:
        self._decode, self._stop = decode, stop
        self._queue: queue.Queue[Any] = queue.Queue()
        self._cancelled = threading.Event()
        self._prompt_seen = False
        self._held = max((len(mark) - 1 for mark in stop), default=0)

    def put(self, value: Any) -> None:
        """Called by generate(): first with the prompt, then with each new token."""
        if self._prompt_seen:
            self._queue.put(value.tolist())
        self._prompt_seen = True

    def end(self) -> None:
        """Called by generate() at the end; the text is closed by ``finishing``."""

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Around the generating: passes its end, or its error, on to the reader."""
        try:
            yield
        except BaseException as error:
            self._queue.put(error)
        self._queue.put(_DONE)

    def cancel(self) -> None:
        """The reader went away: generating ends at the next token."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def __iter__(self) -> Iterator[str]:
        tokens: list[int] = []
        given = 0
        while (item := self._queue.get()) is not _DONE:
            if isinstance(item, BaseException):
                raise item
            tokens.extend(item)
            text, stopped = cut_at(self._decode(tokens), self._stop)
            ready = text if stopped else text[: max(given, len(text.rstrip("\ufffd")) - self._held)]
            if len(ready) > given:
                yield ready[given:]
                given = len(ready)
            if stopped:
                return
        rest, _ = cut_at(self._decode(tokens), self._stop)
        if len(rest) > given:
            yield rest[given:]
