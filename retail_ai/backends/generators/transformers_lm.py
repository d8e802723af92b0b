"""Any causal language model through transformers; by default the packaged SmolLM2-135M-Instruct. Trains nothing.

Prompts are batched by length and padded on the left, behind what all of a batch begin with. The same prompt, seed and
temperature give the same text whatever else is in the batch, but for rounding.
"""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar

from retail_ai.backends.base import Choices, FinishReason, Generation, Generator, PromptLike, as_prompt
from retail_ai.backends.generators.chat import chat_text
from retail_ai.backends.generators.sampling import GumbelNoise, StopAt, cut_at, row_seed
from retail_ai.backends.generators.shared_prefix import read_once, shared_length
from retail_ai.backends.generators.streaming import TokenQueue
from retail_ai.backends.generators.token_tree import build_tree, score_trees
from retail_ai.backends.packages import missing
from retail_ai.backends.references import resolve, unresolved
from retail_ai.backends.texts import by_length
from retail_ai.backends.torch_runtime import (
    has_quick_bfloat16,
    load_pretrained,
    pick_device,
    quick_precision,
    start_torch,
    start_transformers,
)
from retail_ai.backends.trainers.adapters import adapter_folder, merged
from retail_ai.backends.trainers.base import Adapter
from retail_ai.backends.weights import check_weights, ensure_weights
from retail_ai.backends.weights.source import SMOLLM2
from retail_ai.exceptions import InvalidInput

# Architectures whose attention takes a mask of our own and whose head adds nothing to its logits.
TREE_MODELS = frozenset(["llama", "mistral", "qwen2", "qwen3"])
TREES_AT_ONCE = 4


class TransformersGenerator(Generator):
    """OPTIONS: ``model`` (folder, "package:…" or hub name; default: the packaged one), ``batch_size``, ``device``,

    ``dtype`` (torch's name for it; "auto": as the model was saved, the packaged one in bfloat16 on a CPU that has it),
    ``revision``, ``max_prompt_tokens``, ``adapter`` (a folder with a LoRA adapter for the model).
    """

    can_score: ClassVar[bool] = True
    can_adapt: ClassVar[bool] = True
    needs_weights: ClassVar[bool] = True

    def __init__(
        self,
        *,
        model: str | None = None,
        batch_size: int = 16,
        device: str = "auto",
        dtype: str = "auto",
        revision: str | None = None,
        max_prompt_tokens: int = 3_072,
        adapter: str | None = None,
    ) -> None:
        super().__init__(model=model, dtype=dtype, revision=revision)
        self.adapter = adapter
        self.model, self.batch_size, self.device, self.dtype = model, batch_size, device, dtype
        self.revision, self.max_prompt_tokens = revision, max_prompt_tokens
        self._loaded: tuple[Any, Any] | None = None

    @property
    def identity(self) -> str:
        learned = f"+{Path(self.adapter).name[:8]}" if self.adapter else ""
        if self.model is None:
            return f"{SMOLLM2.name}/{SMOLLM2.sha256[:8]}{learned}"
        return resolve(self.model).name[:170] + (f"@{self.revision}"[:20] if self.revision else "") + learned

    def check(self) -> list[str]:
        problems = missing("torch", "transformers", "safetensors", extra="transformers")
        problems += missing("peft", extra="training") if self.adapter else []
        return problems or (check_weights() if self.model is None else unresolved(self.model))

    def generate(
        self,
        prompts: Sequence[PromptLike],
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> list[Generation]:
        """See Generator. ``seconds`` of a text is its share of its batch's time."""
        tokenizer, _ = self._load()
        encoded = [self._encode(tokenizer, prompt) for prompt in prompts]
        made: dict[int, Generation] = {}
        for batch in by_length([len(ids) for ids in encoded], self.batch_size):
            rows = self._generate_batch([encoded[i] for i in batch], max_tokens, temperature, seed, tuple(stop))
            made.update(zip(batch, rows, strict=True))
        return [made[i] for i in range(len(prompts))]

    def stream(
        self,
        prompt: PromptLike,
        *,
        max_tokens: int = 256,
        temperature: float = 0.0,
        seed: int = 0,
        stop: Sequence[str] = (),
    ) -> Iterator[str]:
        tokenizer, _ = self._load()
        ids = self._encode(tokenizer, prompt)
        queue = TokenQueue(lambda new: str(tokenizer.decode(new, skip_special_tokens=True)), tuple(stop))

        def work() -> None:
            with queue.finishing():
                self._run([ids], max_tokens, temperature, seed, tuple(stop), queue=queue)

        threading.Thread(target=work, daemon=True).start()
        try:
            yield from queue
        finally:
            queue.cancel()

    def score(self, prompt: PromptLike, continuations: Sequence[str]) -> list[float]:
        """Natural-log likelihood of each continuation; an empty one scores 0."""
        torch = start_torch()
        tokenizer, model = self._load()
        start = self._encode(tokenizer, prompt)
        ends = [tokenizer(text, add_special_tokens=False)["input_ids"] for text in continuations]
        scores = [0.0] * len(ends)
        for batch in by_length([len(end) for end in ends], self.batch_size):
            rows = [start + ends[i] for i in batch]
            width = max(map(len, rows))
            ids = torch.tensor([row + [0] * (width - len(row)) for row in rows], device=model.device)
            mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows], device=model.device)
            with self._lock, torch.inference_mode():
                logits = model(input_ids=ids, attention_mask=mask).logits[:, len(start) - 1 : -1].float()
            likely = logits.log_softmax(dim=-1).gather(2, ids[:, len(start) :, None])[:, :, 0]
            for row, i in enumerate(batch):
                scores[i] = float(likely[row, : len(ends[i])].sum())
        return scores

    def score_choices(self, prompt: PromptLike, texts: Sequence[Choices]) -> list[list[list[tuple[float, int]]]]:
        """See Generator. One pass a few texts for the common architectures, else sentence by sentence."""
        torch = start_torch()
        tokenizer, model = self._load()
        if model.config.model_type not in TREE_MODELS:
            return super().score_choices(prompt, texts)
        start = self._encode(tokenizer, prompt)
        trees = [build_tree(start, places, lambda text: self._tokens(tokenizer, text)) for places in texts]
        scored: dict[int, list[list[tuple[float, int]]]] = {}
        for batch in by_length([len(tree.tokens) for tree in trees], TREES_AT_ONCE):
            with self._lock, torch.inference_mode(), quick_precision(torch, model):
                rows = score_trees(torch, model, [trees[i] for i in batch])
            scored.update(zip(batch, rows, strict=True))
        return [scored[i] for i in range(len(trees))]

    def _tokens(self, tokenizer: Any, text: str) -> list[int]:
        ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
        return ids[: self.max_prompt_tokens]

    def adapted(self, adapter: Adapter) -> "TransformersGenerator":
        """Another generator of the same model with what was learned put on; weights are read on first use."""
        return TransformersGenerator(
            model=self.model, batch_size=self.batch_size, device=self.device, dtype=self.dtype,
            revision=self.revision, max_prompt_tokens=self.max_prompt_tokens, adapter=str(adapter_folder(adapter)),
        )  # fmt: skip

    def loaded(self) -> tuple[Any, Any]:
        """(tokenizer, model) that serve here; for reading only."""
        return self._load()

    def fresh_model(self, *, dtype: str) -> tuple[Any, Any]:
        """(tokenizer, model) of the caller's own, to train on; without the adapter."""
        return self._read(dtype=dtype, adapter=None)

    def _encode(self, tokenizer: Any, prompt: PromptLike) -> list[int]:
        text = chat_text(tokenizer, as_prompt(prompt).messages)
        ids: list[int] = tokenizer(text, add_special_tokens=False)["input_ids"]
        if not 0 < len(ids) <= self.max_prompt_tokens:
            raise InvalidInput(
                f"A prompt has {len(ids)} tokens; it must have 1 to {self.max_prompt_tokens} "
                "(OPTIONS['max_prompt_tokens'])."
            )
        return ids

    def _generate_batch(
        self, rows: list[list[int]], max_tokens: int, temperature: float, seed: int, stop: tuple[str, ...]
    ) -> list[Generation]:
        started = time.perf_counter()
        tokenizer, _ = self._load()
        outputs = self._run(rows, max_tokens, temperature, seed, stop)
        share = (time.perf_counter() - started) / len(rows)
        return [self._finish(tokenizer, ids, new, stop, share) for ids, new in zip(rows, outputs, strict=True)]

    def _finish(
        self, tokenizer: Any, ids: list[int], new: list[int], stop: tuple[str, ...], seconds: float
    ) -> Generation:
        ends = self._end_ids()
        length = next((place for place, token in enumerate(new) if token in ends), None)
        kept = new[:length]
        text, stopped = cut_at(tokenizer.decode(kept, skip_special_tokens=True), stop)
        reason: FinishReason = "stop" if length is not None or stopped else "length"
        spent = len(kept) + (length is not None)
        return Generation(text.strip(), len(ids), spent, seconds, reason)

    def _run(
        self,
        rows: list[list[int]],
        max_tokens: int,
        temperature: float,
        seed: int,
        stop: tuple[str, ...],
        queue: TokenQueue | None = None,
    ) -> list[list[int]]:
        """New token ids of each row, with whatever padding follows the end."""
        torch, transformers = start_torch(), start_transformers()
        tokenizer, model = self._load()
        width, pad = max(map(len, rows)), self._pad_id()
        alike = shared_length(rows) if model.config.model_type in TREE_MODELS else 0
        padded = [row[:alike] + [pad] * (width - len(row)) + row[alike:] for row in rows]
        known = [[1] * alike + [0] * (width - len(row)) + [1] * (len(row) - alike) for row in rows]
        ids, mask = (torch.tensor(one, device=model.device) for one in (padded, known))
        steer: list[Any] = []
        if temperature > 0:
            steer.append(GumbelNoise(torch, temperature, [row_seed(seed, row) for row in rows]))
        halt = StopAt(torch, tokenizer.decode, width, stop, queue.is_cancelled if queue else lambda: False)
        with self._lock, torch.inference_mode():
            made = model.generate(
                **read_once(torch, transformers, model, rows[0][:alike], len(rows)),
                input_ids=ids,
                attention_mask=mask,
                max_new_tokens=max_tokens,
                do_sample=False,
                pad_token_id=pad,
                logits_processor=transformers.LogitsProcessorList(steer),
                stopping_criteria=transformers.StoppingCriteriaList([halt]),
                streamer=queue,
            )
        new: list[list[int]] = made[:, width:].tolist()
        return new

    def _end_ids(self) -> set[int]:
        tokenizer, model = self._load()
        given = model.generation_config.eos_token_id
        ends = set(given if isinstance(given, list) else [given])
        return {end for end in ends | {tokenizer.eos_token_id} if end is not None}

    def _pad_id(self) -> int:
        tokenizer, _ = self._load()
        if tokenizer.pad_token_id is not None:
            return int(tokenizer.pad_token_id)
        return min(self._end_ids(), default=0)

    def _load(self) -> tuple[Any, Any]:
        with self._lock:
            if self._loaded is None:
                self._loaded = self._read(dtype=self.dtype, adapter=self.adapter)
            return self._loaded

    def _read(self, *, dtype: str, adapter: str | None) -> tuple[Any, Any]:
        torch, transformers = start_torch(), start_transformers()
        location = str(ensure_weights()) if self.model is None else resolve(self.model).location
        device = pick_device(self.device)
        if dtype == "auto" and self.model is None and device == "cpu" and has_quick_bfloat16(torch):
            dtype = "bfloat16"
        kind = dtype if dtype == "auto" else getattr(torch, dtype)
        named: dict[str, Any] = {"revision": self.revision} if self.revision else {}
        tokenizer = load_pretrained(transformers.AutoTokenizer.from_pretrained, location, **named)
        model = load_pretrained(transformers.AutoModelForCausalLM.from_pretrained, location, dtype=kind, **named)
        # The model's own sampling defaults would warn and interfere: all steering comes from the caller.
        config = transformers.GenerationConfig(eos_token_id=model.generation_config.eos_token_id)
        config.bos_token_id = model.generation_config.bos_token_id
        model.generation_config = config
        if adapter:
            model = merged(model, Path(adapter))
        return tokenizer, model.to(device).eval()
