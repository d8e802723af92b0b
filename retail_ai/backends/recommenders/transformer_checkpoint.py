"""The transformer's best epoch so far, and the file from which a training that was cut off goes on. Imports torch."""

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from retail_ai.backends.recommenders.transformer_network import Network
from retail_ai.backends.recommenders.transformer_plan import Plan

Items = NDArray[np.int64]


class State:
    """The best weights so far, and the checkpoint from which a run that was cut off goes on."""

    def __init__(self, network: Network, optimizer: Any, plan: Plan, signature: str) -> None:
        self.network, self.optimizer, self.plan, self.signature = network, optimizer, plan, signature
        self.epoch, self.heights, self.best = 0, list[float](), dict[str, Any]()
        self._resume()

    def is_over(self) -> bool:
        """Whether the last epochs brought nothing better."""
        return bool(self.heights) and len(self.heights) - 1 - int(np.argmax(self.heights)) >= self.plan.patience

    def note(self, height: float, epoch: int) -> None:
        if not self.heights or height > max(self.heights):
            self.best = {name: value.detach().clone() for name, value in self.network.state_dict().items()}
        self.heights.append(height)
        self.epoch = epoch
        self._save()

    def finish(self) -> None:
        if self.best:
            self.network.load_state_dict(self.best)
        if self.plan.checkpoint:
            self.plan.checkpoint.unlink(missing_ok=True)

    def _save(self) -> None:
        if not self.plan.checkpoint:
            return
        kept = {
            "signature": self.signature, "epoch": self.epoch, "heights": self.heights, "best": self.best,
            "network": self.network.state_dict(), "optimizer": self.optimizer.state_dict(),
        }  # fmt: skip
        part = self.plan.checkpoint.with_suffix(".part")
        torch.save(kept, part)
        part.replace(self.plan.checkpoint)

    def _resume(self) -> None:
        """Go on only where the very same data and options were trained on."""
        if not self.plan.checkpoint or not self.plan.checkpoint.exists():
            return
        kept = torch.load(self.plan.checkpoint, map_location=self.network.items.weight.device, weights_only=True)
        if kept["signature"] == self.signature:
            self.network.load_state_dict(kept["network"])
            self.optimizer.load_state_dict(kept["optimizer"])
            self.epoch, self.heights, self.best = kept["epoch"], kept["heights"], kept["best"]


def signature_of(network: Network, sequences: Sequence[Items], plan: Plan) -> str:
    """Of all that decides how training goes on: the untrained network (its shape, seed and vectors), data, options."""
    options = (plan.batch, plan.rate, plan.weight_decay, plan.negatives, plan.longest, plan.people, plan.seed)
    digest = hashlib.sha256(repr((options, network.dropout.p)).encode())
    for name, value in network.state_dict().items():
        digest.update(name.encode() + value.cpu().numpy().tobytes())
    for sequence in sequences:
        digest.update(np.asarray(sequence, dtype=np.int64).tobytes() + b";")
    return digest.hexdigest()
