"""What a forecast job works with, made once a job and kept in the database until it ends: a second worker, and a job
that goes on after a crash, read it instead of learning again.

Kept as plain arrays; nothing in it can run when it is read.
"""

import io
import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
from django.db import transaction

from retail_ai.engine.forecast_values import SeriesForecast
from retail_ai.engine.hierarchy import Agreed
from retail_ai.engine.panel import Panel
from retail_ai.inventory.history import History, read_history
from retail_ai.inventory.models import ForecastRun, PreparedForecast
from retail_ai.inventory.training import Prepared, prepare

Arrays = dict[str, Any]
FORECAST = ("mean", "bands", "sigma", "error", "naive_error", "cumulative_sigma", "shape")


@lru_cache(maxsize=1)
def prepared_for(run_id: int, weeks: int) -> Prepared:
    """Of a run: from this process's memory, or as another process left it, or made now. Who comes second waits."""
    with transaction.atomic():
        ForecastRun.objects.select_for_update(of=("self",), no_key=True).get(pk=run_id)
        kept = PreparedForecast.objects.filter(run=run_id).first()
        if kept is not None:
            return unpack(bytes(kept.content))
        made = prepare(read_history(horizon=weeks), weeks)
        PreparedForecast.objects.create(run_id=run_id, content=pack(made))
    return made


def forget_prepared(run_id: int) -> None:
    """Once the job has ended; with it what was left by earlier ones that never did."""
    PreparedForecast.objects.filter(run__lte=run_id).delete()
    prepared_for.cache_clear()


def pack(prepared: Prepared) -> bytes:
    """As one compressed file of arrays."""
    history, agreed = prepared.history, prepared.agreed
    arrays: Arrays = {
        "dates": np.array([history.start.isoformat(), history.origin.isoformat()]),
        "keys": np.array(list(history.numbers), dtype=str),
        "sold": history.sold.astype(np.float32),
        "values": history.panel.values.astype(np.float32),
        "repaired": history.repaired,
        "outliers": history.outliers,
        "daily": history.daily.astype(np.float32),
        "problems": np.array(json.dumps(history.problems)),
        "categories": np.array(prepared.categories, dtype=str),
        "members": prepared.members,
        **_forecasts("made", prepared.made),
    }
    if agreed is not None:
        arrays |= {"agreed": agreed.mean, "demand": agreed.demand, **_forecasts("groups", agreed.groups)}
    file = io.BytesIO()
    np.savez_compressed(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpack(content: bytes) -> Prepared:
    """What ``pack`` made; of the history only what forecasts are written from."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        arrays: Arrays = {name: file[name] for name in file.files}
    start, origin = (date.fromisoformat(str(day)) for day in arrays["dates"])
    history = History(
        start, origin, {str(key): row for row, key in enumerate(arrays["keys"])}, arrays["sold"].astype(float),
        Panel(arrays["values"].astype(float)), arrays["repaired"], arrays["outliers"], arrays["daily"].astype(float),
        Counter(json.loads(str(arrays["problems"]))),
    )  # fmt: skip
    agreed = None
    if "agreed" in arrays:
        agreed = Agreed(arrays["agreed"], _forecasts_of("groups", arrays), arrays["demand"])
    names = tuple(str(name) for name in arrays["categories"])
    return Prepared(history, _forecasts_of("made", arrays), names, arrays["members"], agreed)


def _forecasts(name: str, made: Sequence[SeriesForecast]) -> Arrays:
    columns = {part: np.array([getattr(one, part) for one in made], dtype=float) for part in FORECAST}
    methods = np.array([one.method for one in made], dtype=str)
    return {f"{name}_method": methods, **{f"{name}_{part}": column for part, column in columns.items()}}


def _forecasts_of(name: str, arrays: Arrays) -> list[SeriesForecast]:
    columns = [arrays[f"{name}_{part}"] for part in ("method", *FORECAST)]
    return [
        SeriesForecast(
            str(method), mean, bands, float(sigma), _known(error), _known(naive), cumulative, shape
        )
        for method, mean, bands, sigma, error, naive, cumulative, shape in zip(*columns, strict=True)
    ]  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
