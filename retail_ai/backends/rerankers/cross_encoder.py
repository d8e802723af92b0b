"""Any transformers cross-encoder as a reranker: it reads the query and a candidate's text together.

Slow on a CPU (some 10 ms a candidate), so ``catalog.rereading`` gives it the first ones only; it trains nothing.
"""

from typing import Any, ClassVar

import numpy as np

from retail_ai.backends.packages import missing
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.rerankers.base import Numbers, Reranker, Shortlist
from retail_ai.backends.texts import clean
from retail_ai.backends.torch_runtime import load_pretrained, pick_device, start_torch, start_transformers


class CrossEncoder(Reranker):
    """OPTIONS: ``model`` (a folder, package:…, or a name on the hub), ``max_length`` in tokens, ``device``."""

    needs_weights: ClassVar[bool] = True

    def __init__(self, *, model: str, max_length: int = 192, device: str = "auto") -> None:
        super().__init__(model=model, max_length=max_length)
        self.model, self.max_length, self.device = model, max_length, device
        self._loaded: tuple[Any, Any] | None = None

    @property
    def identity(self) -> str:
        return f"{resolve(self.model).name}/{self.max_length}"

    def check(self) -> list[str]:
        return missing("torch", "transformers", extra="transformers") or unresolved(self.model)

    def score(self, shortlist: Shortlist) -> Numbers:
        if not shortlist.texts:
            return np.zeros(0)
        torch = start_torch()
        tokenizer, model = self._load()
        texts = [clean(text) or " " for text in shortlist.texts]
        encoded = tokenizer(
            [clean(shortlist.query) or " "] * len(texts), texts, truncation="longest_first",
            max_length=self.max_length, padding=True, return_tensors="pt",
        ).to(model.device)  # fmt: skip
        with self._lock, torch.inference_mode():
            logits = model(**encoded).logits.float().cpu().numpy()
        # Two outputs are "no" and "yes".
        scores: Numbers = (logits[:, 0] if logits.shape[1] == 1 else logits[:, -1] - logits[:, 0]).astype(float)
        return scores

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                start_torch()
                transformers = start_transformers()
                location = resolve(self.model).location
                tokenizer = load_pretrained(transformers.AutoTokenizer.from_pretrained, location)
                model = load_pretrained(transformers.AutoModelForSequenceClassification.from_pretrained, location)
                self._loaded = tokenizer, model.to(pick_device(self.device)).eval()
            return self._loaded
