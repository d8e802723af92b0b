"""What a trainer is: it learns an adapter for a text generator from approved texts. Nothing is trained here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from retail_ai.backends.base import Backend, Generator, Prompt


@dataclass(frozen=True, slots=True)
class Example:
    """What the generator is asked, and the text that the shop approved as the answer."""

    prompt: Prompt
    text: str


@dataclass(frozen=True, slots=True)
class Adapter:
    """What was learned, apart from the model it was learned for: its configuration, and weights as safetensors."""

    configuration: dict[str, Any]
    weights: bytes


@dataclass(frozen=True, slots=True)
class Epoch:
    """Mean cross-entropy (nats a token) after an epoch; 0 is before training, where nothing was trained on."""

    number: int
    training: float | None
    validation: float


@dataclass(frozen=True, slots=True)
class Trained:
    """The adapter of the best epoch, and how it went."""

    adapter: Adapter
    epochs: tuple[Epoch, ...]
    best: int
    seconds: float
    device: str
    settings: dict[str, Any] = field(default_factory=dict)


OnEpoch = Callable[[Epoch], None]
# Called after each batch with the epoch's number, the batches done in it, and how many it has.
OnStep = Callable[[int, int, int], None]


class Trainer(Backend):
    """Generators to adapters for them. The generator must have ``can_adapt``."""

    kind = "trainer"

    def train(
        self,
        generator: Generator,
        training: Sequence[Example],
        validation: Sequence[Example],
        *,
        seed: int = 0,
        on_epoch: OnEpoch | None = None,
        on_step: OnStep | None = None,
    ) -> Trained:
        """Learn from ``training``; ``validation`` decides when to stop. The same seed and texts give the same adapter
        on the same machine. An exception from ``on_epoch`` or ``on_step`` ends it. Raises InvalidInput where there are
        no examples."""
        raise NotImplementedError

    def loss(self, generator: Generator, examples: Sequence[Example]) -> tuple[float, int]:
        """(mean cross-entropy in nats a token of the texts, number of those tokens) of a generator as it serves."""
        raise NotImplementedError
