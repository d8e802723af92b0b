"""What steers transformers' generate(): seeded sampling a row, stop strings, and a way to end early.

Needs torch at call time only; handed in, not imported.
"""

import hashlib
import math
from collections.abc import Callable, Sequence
from typing import Any

Decode = Callable[[Sequence[int]], str]


def row_seed(seed: int, token_ids: Sequence[int]) -> int:
    """A seed of its own for each prompt, so that a text depends on its prompt and not on its neighbours."""
    digest = hashlib.sha256(f"{seed}:{list(token_ids)}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % (2**63)


class GumbelNoise:
    """Turns greedy choice into sampling: the highest of logits / temperature + Gumbel noise is a draw from softmax.

    (Gumbel 1954; the "Gumbel-max trick".) Each row has a random generator of its own.
    """

    def __init__(self, torch: Any, temperature: float, seeds: Sequence[int]) -> None:
        self.torch, self.temperature = torch, temperature
        self.generators = [torch.Generator().manual_seed(seed) for seed in seeds]

    def __call__(self, input_ids: Any, scores: Any) -> Any:
        noise = self.torch.stack([self._draw(generator, scores.shape[1]) for generator in self.generators])
        return scores.float() / self.temperature + noise.to(scores.device)

    def _draw(self, generator: Any, width: int) -> Any:
        uniform = self.torch.rand(width, generator=generator).clamp(min=1e-20, max=1 - 1e-7)
        return -(-uniform.log()).log()


class StopAt:
    """Marks rows done whose new text holds a stop string, and all rows once ``cancelled`` says so."""

    # A stop string may begin anywhere in the last tokens; each token holds at least a quarter of a character.
    TOKENS_PER_CHARACTER = 4

    def __init__(
        self, torch: Any, decode: Decode, prompt_width: int, stop: Sequence[str], cancelled: Callable[[], bool]
    ) -> None:
        self.torch, self.decode, self.width, self.stop, self.cancelled = torch, decode, prompt_width, stop, cancelled
        self.tail = math.ceil(max(map(len, stop), default=0) * self.TOKENS_PER_CHARACTER) + 1

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        if self.cancelled():
            done = [True] * len(input_ids)
        else:
            done = [self._stopped(row) for row in input_ids] if self.stop else [False] * len(input_ids)
        return self.torch.tensor(done, dtype=self.torch.bool, device=input_ids.device)

    def _stopped(self, row: Any) -> bool:
        new = row[max(self.width, len(row) - self.tail) :].tolist()
        text = self.decode(new)
        return any(mark in text for mark in self.stop)


def cut_at(text: str, stop: Sequence[str]) -> tuple[str, bool]:
    """The text before the first stop string, and whether there was one."""
    places = [place for mark in stop if mark and (place := text.find(mark)) >= 0]
    return (text[: min(places)], True) if places else (text, False)
