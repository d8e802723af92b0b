"""Trains a LoRA adapter by peft on a small set of texts: dropout, weight decay, early stopping, a seed. It judges
nothing: whether the adapter serves is decided by whoever asked for it.

Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models". The loss is taken on the text alone, never on the
prompt. A GPU is used where torch sees one.
"""

import copy
import random
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from retail_ai.backends.base import Generator
from retail_ai.backends.packages import missing, require
from retail_ai.backends.torch_runtime import start_torch
from retail_ai.backends.trainers.adapters import quiet_peft
from retail_ai.backends.trainers.base import Adapter, Epoch, Example, OnEpoch, OnStep, Trained, Trainer
from retail_ai.backends.trainers.encoding import Row, batches, encode, mean_loss, to_tensors
from retail_ai.exceptions import InvalidInput

EXTRA = "training"


class LoraTrainer(Trainer):
    """OPTIONS: ``rank``, ``alpha``, ``dropout``, ``weight_decay``, ``learning_rate``, ``epochs`` (at most),

    ``patience`` (epochs without a better validation loss before it stops), ``batch_size``, ``max_tokens`` (longer
    examples are left out), ``target_modules`` (peft's names of the layers that learn).
    """

    def __init__(
        self,
        *,
        rank: int = 8,
        alpha: int = 16,
        dropout: float = 0.05,
        weight_decay: float = 0.01,
        learning_rate: float = 3e-4,
        epochs: int = 8,
        patience: int = 2,
        batch_size: int = 8,
        max_tokens: int = 768,
        target_modules: str | list[str] = "all-linear",
    ) -> None:
        self.settings: dict[str, Any] = {
            "rank": rank, "alpha": alpha, "dropout": dropout, "weight_decay": weight_decay,
            "learning_rate": learning_rate, "epochs": epochs, "patience": patience, "batch_size": batch_size,
            "max_tokens": max_tokens, "target_modules": target_modules,
        }  # fmt: skip
        super().__init__(**self.settings)

    @property
    def identity(self) -> str:
        return f"lora/r{self.settings['rank']}"

    def check(self) -> list[str]:
        return missing("torch", "transformers", "peft", "safetensors", extra=EXTRA)

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
        """See Trainer. The generator's own copy of the model is left as it is."""
        _can_adapt(generator)
        torch = start_torch()
        started = time.perf_counter()
        tokenizer, model = generator.fresh_model(dtype="float32")  # type: ignore[attr-defined]
        rows = encode(tokenizer, training, self.settings["max_tokens"])
        held = encode(tokenizer, validation, self.settings["max_tokens"])
        if not rows or not held:
            raise InvalidInput("There must be at least one text to train on and one to validate with.")
        with quiet_peft() as peft, torch.random.fork_rng():
            torch.manual_seed(seed)
            learner = peft.get_peft_model(model, self._peft_config(peft))
            epochs, best, weights = self._epochs(
                torch, learner, rows, held, seed, (on_epoch or _silent, on_step or _silent), peft
            )
        adapter = Adapter(_plain(learner.peft_config["default"]), _as_bytes(weights))
        seconds = round(time.perf_counter() - started, 1)
        return Trained(adapter, tuple(epochs), best, seconds, str(model.device), dict(self.settings, seed=seed))

    def loss(self, generator: Generator, examples: Sequence[Example]) -> tuple[float, int]:
        """See Trainer."""
        _can_adapt(generator)
        torch = start_torch()
        tokenizer, model = generator.loaded()  # type: ignore[attr-defined]
        rows = encode(tokenizer, examples, self.settings["max_tokens"])
        return mean_loss(torch, model, rows, self.settings["batch_size"])

    def _peft_config(self, peft: Any) -> Any:
        return peft.LoraConfig(
            task_type="CAUSAL_LM", r=self.settings["rank"], lora_alpha=self.settings["alpha"],
            lora_dropout=self.settings["dropout"], target_modules=self.settings["target_modules"],
        )  # fmt: skip

    def _epochs(
        self,
        torch: Any,
        model: Any,
        rows: list[Row],
        held: list[Row],
        seed: int,
        tell: tuple[OnEpoch, OnStep],
        peft: Any,
    ) -> tuple[list[Epoch], int, dict[str, Any]]:
        """All epochs until none is better for ``patience`` of them; the weights are those of the best."""
        size, learnable = self.settings["batch_size"], [p for p in model.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(
            learnable, lr=self.settings["learning_rate"], weight_decay=self.settings["weight_decay"]
        )
        epochs = [Epoch(0, None, mean_loss(torch, model, held, size)[0])]
        tell[0](epochs[0])
        best, weights = 0, _learned(peft, model)
        for number in range(1, self.settings["epochs"] + 1):
            order = random.Random(f"{seed}:{number}").sample(rows, len(rows))  # noqa: S311
            trained = _one_epoch(torch, model, optimizer, learnable, batches(order, size), partial(tell[1], number))
            epochs.append(Epoch(number, trained, mean_loss(torch, model, held, size)[0]))
            tell[0](epochs[-1])
            if epochs[-1].validation < epochs[best].validation:
                best, weights = number, _learned(peft, model)
            elif number - best >= self.settings["patience"]:
                break
        return epochs, best, weights


def _one_epoch(
    torch: Any,
    model: Any,
    optimizer: Any,
    learnable: list[Any],
    rows: list[list[Row]],
    tell: Callable[[int, int], None],
) -> float:
    """Mean training loss a token over the epoch, as it was while learning."""
    model.train()
    total, tokens = 0.0, 0
    for done, batch in enumerate(rows, start=1):
        ids, mask, labels = to_tensors(torch, batch, model.device)
        loss = model(input_ids=ids, attention_mask=mask, labels=labels).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnable, 1.0)
        optimizer.step()
        optimizer.zero_grad()
        count = int((labels[:, 1:] != -100).sum())
        total, tokens = total + float(loss.detach()) * count, tokens + count
        tell(done, len(rows))
    model.eval()
    return total / max(1, tokens)


def _can_adapt(generator: Generator) -> None:
    if not generator.can_adapt:
        raise InvalidInput(
            f"{generator.identity} cannot be trained here: only a model that runs through transformers on your own "
            "machine can. Name one in RETAIL_AI['GENERATORS']."
        )


def _learned(peft: Any, model: Any) -> dict[str, Any]:
    state = peft.get_peft_model_state_dict(model)
    return {name: tensor.detach().to("cpu", copy=True) for name, tensor in state.items()}


def _as_bytes(weights: dict[str, Any]) -> bytes:
    content: bytes = require("safetensors.torch", extra=EXTRA).save(weights)
    return content


def _plain(config: Any) -> dict[str, Any]:
    """peft's configuration as JSON, without the folder that the base model lay in on this machine."""
    found = {name: copy.copy(value) for name, value in config.to_dict().items()}
    found["base_model_name_or_path"] = None
    return {name: _json(value) for name, value in found.items()}


def _json(value: Any) -> Any:
    if isinstance(value, set | frozenset | list | tuple):
        return sorted(value) if isinstance(value, set | frozenset) else [_json(one) for one in value]
    if isinstance(value, dict):
        return {str(name): _json(one) for name, one in value.items()}
    return (
        value if value is None or isinstance(value, str | int | float | bool) else str(getattr(value, "value", value))
    )


def _silent(*_: Any) -> None:
    """Nobody watches."""
