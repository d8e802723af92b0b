"""The models over all series as they would have been at past moments and as they are now. It blends nothing."""

import numpy as np

from retail_ai.engine.global_model import Learner, expected
from retail_ai.engine.methods import BASIC, MEAN8, apply_all
from retail_ai.engine.panel import Floats, Panel

SHARED = "shared model"
SEASONAL = "shared model with seasons"
YEARS_FOR_SEASONS = 2.5


def shared_forecasts(panel: Panel, at: tuple[int, ...], horizon: int, learner: Learner | None) -> dict[str, Floats]:
    """(moments + 1, n, horizon) by name, each learned anew at each moment and at the end.

    A model that ends long before it is asked does worse, and would be given too little weight. Where a moment has too
    little past to learn from, the plain mean stands in; what could not be learned at half of them is left out.
    """
    if learner is None or not at:
        return {}
    names = [SHARED]
    if panel.grain.cycle == 1 and at[0] >= YEARS_FOR_SEASONS * panel.grain.year:
        names.append(SEASONAL)
    pasts = [*(panel.until(moment, horizon) for moment in at), panel]
    made = {name: [expected(past, horizon, learner, cycle=_cycle(past, name)) for past in pasts] for name in names}
    return {
        name: np.array(
            [_plain(past, horizon) if one is None else one for one, past in zip(all_of, pasts, strict=True)]
        )
        for name, all_of in made.items()
        if all_of[-1] is not None and 2 * sum(one is not None for one in all_of[:-1]) >= len(at)
    }


def _cycle(panel: Panel, name: str) -> int:
    if name == SEASONAL:
        return panel.grain.year if panel.grain.cycle == 1 else 1
    return panel.grain.cycle


def _plain(past: Panel, horizon: int) -> Floats:
    mean: Floats = apply_all({MEAN8: BASIC[MEAN8]}, past, (past.periods,), horizon)[MEAN8][0]
    return mean
