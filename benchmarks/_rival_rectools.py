"""RecTools' SASRec and eSASRec with their published Amazon Beauty settings, on the split it is handed.

Run by an interpreter that has ``rectools[torch]`` (it needs numpy < 2, which ours need not have), as
``python -m benchmarks._rival_rectools SPLIT.npz NAME EPOCHS SECONDS NEGATIVES VALIDATED``. Writes top lists beside the
split; prints JSON.
The settings (256 factors, 1 block, 1 head, 50 items, 256 negatives, dropout 0.2, at most 200 epochs, early stopping on
everyone's last training item) are those of the eSASRec authors' benchmark; of negatives as many as it is told.
"""

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from pytorch_lightning import Trainer, seed_everything
from pytorch_lightning.callbacks import Callback, EarlyStopping
from rectools import Columns
from rectools.dataset import Dataset
from rectools.models import SASRecModel
from rectools.models.nn.transformers.ligr import LiGRLayers

PATIENCE = 10
NO_LIMIT = 1e8
SETTINGS = {
    "n_factors": 256, "n_blocks": 1, "n_heads": 1, "session_max_len": 50, "dropout_rate": 0.2,
    "loss": "sampled_softmax", "batch_size": 128, "lr": 0.001,
}  # fmt: skip
MODELS = {
    "rectools_sasrec": {},
    "rectools_esasrec": {
        "transformer_layers_type": LiGRLayers,
        "transformer_layers_kwargs": {"ff_factors_multiplier": 4},
        "use_key_padding_mask": True,
    },
}


class Clock(Callback):
    """Counts epochs, parts of one too, and stops when the time allowed is over."""

    # Of the class: RecTools trains a copy of the trainer that it is given.
    started, epochs, stopped = 0.0, 0.0, False

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def on_train_batch_end(self, trainer, module, outputs, batch, batch_idx) -> None:
        Clock.epochs = trainer.current_epoch + (batch_idx + 1) / trainer.num_training_batches
        spent = time.perf_counter() - Clock.started
        if batch_idx % 20 == 0:
            print(f"epoch {Clock.epochs:.2f}, {spent:.0f} s", file=sys.stderr, flush=True)
        if spent > self.seconds:
            trainer.should_stop = Clock.stopped = True


def last_of_each(interactions: pd.DataFrame) -> np.ndarray:
    """Which interactions are their customer's last: those are validated on."""
    return (interactions.groupby(Columns.User)[Columns.Datetime].rank(ascending=False, method="first") <= 1).values


def frame(flat: np.ndarray, lengths: np.ndarray) -> pd.DataFrame:
    place = np.concatenate([np.arange(n) for n in lengths])
    return pd.DataFrame(
        {
            Columns.User: np.repeat(np.arange(len(lengths)), lengths),
            Columns.Item: flat,
            Columns.Weight: 1.0,
            Columns.Datetime: pd.Timestamp("2020-01-01") + pd.to_timedelta(place, unit="D"),
        }
    )


def main(path: Path, name: str, epochs: int, seconds: float, negatives: int, validated: bool) -> dict:
    seed_everything(0)
    split = np.load(path)
    dataset = Dataset.construct(frame(split["flat"], split["lengths"]))
    clock = Clock(seconds)
    Clock.started, cpu = time.perf_counter(), time.process_time()
    # Cut short by the clock, it is validated only where that is asked for: a pass over everyone may take too long.
    whole = validated or seconds >= NO_LIMIT
    stop = [EarlyStopping(monitor=SASRecModel.val_loss_name, patience=PATIENCE)] if whole else []

    def trainer() -> Trainer:
        quiet = {"enable_progress_bar": False, "enable_model_summary": False, "logger": False}
        quiet |= {} if whole else {"limit_val_batches": 0}
        return Trainer(max_epochs=epochs, callbacks=[clock, *stop], enable_checkpointing=False, **quiet)

    model = SASRecModel(
        **SETTINGS,
        **MODELS[name],
        n_negatives=negatives,
        get_val_mask_func=last_of_each,
        get_trainer_func=trainer,
        deterministic=True,
    )  # fmt: skip
    model.fit(dataset)
    trained, spent = time.perf_counter() - Clock.started, time.process_time() - cpu
    started = time.perf_counter()
    users = split["asked"]
    found = model.recommend(users=users, dataset=dataset, k=10, filter_viewed=True, on_unsupported_targets="ignore")
    asked = time.perf_counter() - started
    lists = np.full((len(users), 10), -1, dtype=np.int64)
    lists[np.searchsorted(users, found[Columns.User]), found[Columns.Rank] - 1] = found[Columns.Item]
    np.save(path.with_suffix(f".{name}.npy"), lists)
    return {
        "epochs": round(Clock.epochs, 3),
        "stopped_early": Clock.epochs < epochs and not Clock.stopped,
        "train_seconds": round(trained, 2),
        "train_cpu_seconds": round(spent, 2),
        "score_us_per_customer": round(1e6 * asked / max(len(users), 1), 1),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "device": "cuda" if torch.cuda.is_available() else "cpu",
    }


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    where, which, most, limit, drawn, checked = sys.argv[1:]
    print(json.dumps(main(Path(where), which, int(most), float(limit), int(drawn), checked == "True")))
