"""What every swappable model is: made from OPTIONS, able to check itself, and named by an ``identity``.

No model is loaded here. A backend's constructor is cheap; weights are read on first use.
"""

import os
import threading
import weakref
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.prompts import FinishReason, Generation, Message, Prompt, PromptLike, as_prompt
from retail_ai.conf import conf
from retail_ai.engine.facts import ProductFacts
from retail_ai.exceptions import RetailAIError

__all__ = [
    "Backend",
    "Embedder",
    "FinishReason",
    "Generation",
    "Generator",
    "ImageEmbedder",
    "Message",
    "Prompt",
    "PromptLike",
    "Recommender",
    "RecommenderModel",
    "Vectors",
    "as_prompt",
    "available_threads",
]

Vectors = NDArray[np.float32]
Scores = NDArray[np.float32]
Items = NDArray[np.int64]
Times = NDArray[np.float64]
# The sentences of a text, each as its possible wordings.
Choices = Sequence[Sequence[str]]


class Backend:
    """Base of all backends. ``identity`` names model and version; it is stored with every row it produces.

    ``_lock`` guards what a subclass must not do twice at once; it is made anew in the child of a fork.
    """

    kind: ClassVar[str]
    needs_weights: ClassVar[bool] = False

    def __init__(self, **options: Any) -> None:
        self.options = options
        self._lock = threading.RLock()
        _alive.add(self)

    @property
    def identity(self) -> str:
        raise NotImplementedError

    def check(self) -> list[str]:
        """What keeps it from working, each with what mends it; quick: loads no weights and asks no server."""
        return []

    def probe(self) -> list[str]:
        """Like check(), then one real try, which may take seconds: weights are loaded, servers are asked."""
        if problems := self.check():
            return problems
        try:
            self._try()
        except RetailAIError as error:
            return [str(error)]
        return []

    def _try(self) -> None:
        """One small piece of real work."""

    def close(self) -> None:
        """Let go of connections and the like; the backend may still be used and opens them again."""

    def after_fork(self) -> None:
        """Called in the child of a fork on every instance that was copied: its lock may have been held."""
        self._lock = threading.RLock()


_alive: "weakref.WeakSet[Backend]" = weakref.WeakSet()


def _renew_after_fork() -> None:
    for backend in list(_alive):
        backend.after_fork()


os.register_at_fork(after_in_child=_renew_after_fork)


class Embedder(Backend):
    """Texts to unit-length vectors."""

    kind = "embedder"

    @property
    def dimensions(self) -> int:
        """Length of a vector; known without loading weights wherever that is possible."""
        raise NotImplementedError

    def embed(self, texts: Sequence[str]) -> Vectors:
        """(n texts) → float32 (n, dimensions), rows of length 1 in the order given; any text gives a valid row."""
        raise NotImplementedError

    def _try(self) -> None:
        self.embed_query("ready")

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are searched in. Models that tell queries from documents override it."""
        return self.embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of texts that are searched with."""
        return self.embed(texts)

    def embed_query(self, text: str) -> Vectors:
        """The vector (dimensions,) of one query."""
        row: Vectors = self.embed_queries([text])[0]
        return row


class ImageEmbedder(Embedder):
    """Pictures to unit-length vectors, and texts into the same space where the model can (CLIP, SigLIP)."""

    kind = "image embedder"

    def open(self, file: Any) -> Any:
        """A picture from a path or an open file, ready to be embedded. Raises InvalidInput where it is none."""
        raise NotImplementedError

    def embed_images(self, images: Sequence[Any]) -> Vectors:
        """(n opened pictures) → float32 (n, dimensions), rows of length 1 in the order given."""
        raise NotImplementedError


class Generator(Backend):
    """Prompts to texts. ``can_score``: it can say how likely a given continuation is.

    ``can_adapt``: a trainer can learn an adapter for it, which ``adapted`` puts on.
    """

    kind = "generator"
    can_score: ClassVar[bool] = False
    can_adapt: ClassVar[bool] = False

    def generate(
        self,
        prompts: Sequence[PromptLike],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> list[Generation]:
        """One Generation a prompt, in order. At temperature 0 the same prompt always gives the same text.

        ``stop``: the text ends before the first of these strings. Raises BackendUnavailable where it cannot work now.
        """
        raise NotImplementedError

    def _try(self) -> None:
        facts = ProductFacts(key=0, title="Mug")
        self.generate([Prompt(messages=(Message("user", "Say hello."),), facts=facts)], max_tokens=2)

    def stream(
        self,
        prompt: PromptLike,
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> Iterator[str]:
        """Pieces of one text as they come. The default yields the whole text once."""
        done = self.generate([prompt], max_tokens=max_tokens, temperature=temperature, seed=seed, stop=stop)
        yield done[0].text

    def score(self, prompt: PromptLike, continuations: Sequence[str]) -> list[float]:
        """Natural-log likelihood of each continuation after the prompt. Only where ``can_score``."""
        raise NotImplementedError(f"{self.identity} cannot score continuations")

    def score_choices(self, prompt: PromptLike, texts: Sequence[Choices]) -> list[list[list[tuple[float, int]]]]:
        """For each wording of each sentence of each text its (natural-log likelihood, length in tokens).

        A text is a list of sentences, a sentence a list of wordings; what stands before a wording is the prompt and
        the first wording of each sentence before it. Only where ``can_score``. This default counts words as tokens.
        """
        scored = []
        for places in texts:
            before, rows = "", []
            for place in places:
                likely = self.score(prompt, [before + wording for wording in place])
                base = self.score(prompt, [before])[0] if before else 0.0
                rows.append([(x - base, len(w.split())) for x, w in zip(likely, place, strict=True)])
                before += place[0] + " "
            scored.append(rows)
        return scored


class RecommenderModel:
    """A trained recommender. Items are numbers 0…n_items-1; histories are item numbers, oldest first.

    ``kernel``: what the newest item of a history weighs, the one before it …, where the model is served by its links.
    """

    n_items: int
    kernel: tuple[float, ...] = tuple(0.8**age for age in range(30))

    def score(self, histories: Sequence[Items]) -> Scores:
        """(n histories) → float32 (n, n_items); higher is more likely to be wanted next."""
        raise NotImplementedError

    def similar(self, items: Items) -> Scores:
        """(n items) → float32 (n, n_items): how well each item goes with the given one."""
        raise NotImplementedError

    def linked(self, items: Items) -> Any:
        """As ``similar``; sparse where a model of many items holds no more than each one's strongest links."""
        return self.similar(items)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All that is needed to make it again, as plain numpy arrays (no pickled objects)."""
        raise NotImplementedError


class Recommender(Backend):
    """Customers' histories to a model that scores items."""

    kind = "recommender"

    def fit(
        self,
        sequences: Sequence[Items],
        *,
        n_items: int,
        vectors: Vectors | None = None,
        times: Sequence[Times] | None = None,
    ) -> RecommenderModel:
        """Train on one array of item numbers a customer, in time order. Raises ValueError for numbers out of range.

        ``vectors`` (n_items, d): what is known of each item's text or looks, zeros for an item of which nothing is.
        ``times``: when each item of each sequence was had, in seconds; a model that heeds no time ignores it.
        """
        raise NotImplementedError

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        """The model that ``RecommenderModel.arrays`` was taken from."""
        raise NotImplementedError

    def settled(self, model: RecommenderModel) -> dict[str, Any]:
        """OPTIONS with which a recommender of this class trains as this model was, choosing nothing anew."""
        return self.options


def available_threads() -> int:
    """CPU threads a model may use: RETAIL_AI['THREADS'], else the cores this process may run on."""
    if conf.THREADS:
        return int(conf.THREADS)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
