"""What every swappable model is: made from OPTIONS, able to check itself, and named by an ``identity``."""

from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class Backend:
    """Base of all backends. ``identity`` names model and version; it is stored with every row it produces."""

    kind: ClassVar[str]

    def __init__(self, **options: Any) -> None:
        self.options = options

    @property
    def identity(self) -> str:
        raise NotImplementedError

    def check(self) -> list[str]:
        """Problems that keep it from working now, each saying what mends it; empty when it is ready."""
        return []


class Embedder(Backend):
    """Texts to unit-length vectors."""

    kind = "embedder"

    @property
    def dimensions(self) -> int:
        raise NotImplementedError

    def embed(self, texts: list[str]) -> Vectors:
        """(n texts) → float32 (n, dimensions), rows of length 1; an empty text gives a valid row too."""
        raise NotImplementedError


class TokenCount(Protocol):
    prompt_tokens: int
    completion_tokens: int
