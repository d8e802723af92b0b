"""A transformer sequence model as a recommender, in torch, on a GPU where there is one. Loads torch on first use."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retail_ai.backends.base import Items, Recommender, RecommenderModel, Scores, Times, Vectors
from retail_ai.backends.packages import missing
from retail_ai.backends.recommenders.transformer_plan import Plan
from retail_ai.backends.torch_runtime import pick_device, start_torch
from retail_ai.engine.moments import counts_of

_ROOM = "retail_ai.backends.recommenders"


class TransformerRecommender(Recommender):
    """OPTIONS are the keyword arguments below. Training stops when ``patience`` epochs bring no better NDCG@10.

    ``negatives``: 0 is full cross-entropy. ``checkpoint``: a file from which a training that was cut off goes on.
    ``seconds``: after so long the epoch under way is cut short and is the last (None: no limit, every run the same).
    """

    def __init__(
        self,
        *,
        width: int = 128,
        blocks: int = 2,
        heads: int = 2,
        longest: int = 50,
        dropout: float = 0.3,
        epochs: int = 40,
        patience: int = 4,
        batch: int = 512,
        rate: float = 2e-3,
        weight_decay: float = 0.01,
        negatives: int = 1_024,
        people: int = 2_000,
        seed: int = 0,
        device: str = "auto",
        checkpoint: str | None = None,
        seconds: float | None = None,
    ) -> None:
        given = {name: value for name, value in locals().items() if name not in ("self", "__class__")}
        super().__init__(**given)
        self.shape = {"width": width, "blocks": blocks, "heads": heads, "longest": longest, "dropout": dropout}
        self.plan = Plan(
            epochs=epochs, patience=patience, batch=batch, rate=rate, weight_decay=weight_decay, negatives=negatives,
            longest=longest, people=people, seed=seed, checkpoint=Path(checkpoint) if checkpoint else None,
            seconds=seconds,
        )  # fmt: skip
        self.seed, self.device = seed, device

    @property
    def identity(self) -> str:
        return f"transformer/{self.shape['blocks']}x{self.shape['width']}"

    def check(self) -> list[str]:
        return missing("torch", extra="transformers")

    def fit(
        self,
        sequences: Sequence[Items],
        *,
        n_items: int,
        vectors: Vectors | None = None,
        times: Sequence[Times] | None = None,
    ) -> RecommenderModel:
        counts_of(sequences, n_items)
        torch = start_torch()
        torch.manual_seed(self.seed)
        network = import_module(f"{_ROOM}.transformer_network").Network(n_items, **self.shape)
        if vectors is not None:
            network.begin_with(vectors)
        network.to(pick_device(self.device))
        training = import_module(f"{_ROOM}.transformer_training")
        heights = training.train(network, sequences, self.plan)
        return TransformerModel(network, self.shape, heights)

    def restore(self, arrays: Mapping[str, NDArray[Any]]) -> RecommenderModel:
        torch = start_torch()
        width, blocks, heads, longest = (int(number) for number in arrays["shape"][:4])
        shape = {"width": width, "blocks": blocks, "heads": heads, "longest": longest, "dropout": 0.0}
        network = import_module(f"{_ROOM}.transformer_network").Network(int(arrays["n_items"]), **shape)
        weights = {name[2:]: torch.from_numpy(value) for name, value in arrays.items() if name.startswith("w:")}
        network.load_state_dict(weights)
        return TransformerModel(network.to(pick_device(self.device)), shape, arrays["heights"].tolist())


class TransformerModel(RecommenderModel):
    """A trained network. ``heights``: NDCG@10 on validation after each epoch."""

    def __init__(self, network: Any, shape: Mapping[str, Any], heights: Sequence[float]) -> None:
        self.network, self.shape, self.heights = network, shape, list(heights)
        self.n_items = int(network.n_items)

    def score(self, histories: Sequence[Items]) -> Scores:
        found: Scores = import_module(f"{_ROOM}.transformer_training").scores_of(
            self.network, histories, self.shape["longest"]
        )
        return found

    def similar(self, items: Items) -> Scores:
        """The probability of each item after a history of the one: parts that may be added up, none below 0."""
        scores = self.score([np.array([item]) for item in items])
        odds = np.exp(scores - scores.max(axis=1, keepdims=True, initial=0))
        odds[np.arange(len(items)), items] = 0
        return np.asarray(odds / np.maximum(odds.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)

    def arrays(self) -> dict[str, NDArray[Any]]:
        shape = np.array([self.shape[name] for name in ("width", "blocks", "heads", "longest")])
        weights = {f"w:{name}": value.cpu().numpy() for name, value in self.network.state_dict().items()}
        return {"shape": shape, "n_items": np.array(self.n_items), "heights": np.array(self.heights), **weights}
