"""Keeps document vectors between runs of the search benchmark, for work on what comes after them. Measures nothing:
a run that reuses vectors says so, and its embedding times are no measurement."""

from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np


class KeptVectors:
    """Vectors of one encoder by text, in one file of a folder; ``reused`` counts texts that were not embedded."""

    def __init__(self, folder: Path, identity: str) -> None:
        self.path = folder / f"{sha256(identity.encode()).hexdigest()[:16]}.npz"
        self.reused = self.embedded = 0
        self._known: dict[bytes, Any] = {}
        if self.path.exists():
            with np.load(self.path) as kept:
                self._known = dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))

    def embed(self, texts: Sequence[str], embed: Callable[[list[str]], Any]) -> Any:
        """(texts, dimensions), from the file where they stand in it; the others are embedded and added to it."""
        keys = [sha256(text.encode(errors="replace")).hexdigest().encode() for text in texts]
        lacking = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if lacking:
            self._known.update(zip(lacking, embed(list(lacking.values())), strict=True))
        self.embedded += len(lacking)
        self.reused += len(texts) - len(lacking)
        return np.array([self._known[key] for key in keys], dtype=np.float32)

    def save(self) -> None:
        """Write the file, where something was added."""
        if self.embedded:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(self.path, keys=np.array(list(self._known)), vectors=np.array(list(self._known.values())))
