"""Says which variant someone sees and notes the first time they do. What came of it is not measured here yet."""

from typing import Any

from retail_ai.engine.assignment import assign
from retail_ai.exceptions import InvalidInput
from retail_ai.experiments.models import Experiment, Exposure


def expose(*, experiment: str, customer: Any = None, visitor: str = "", default: str = "") -> str:
    """The variant for a person, noted once; ``default`` while no experiment of that key runs."""
    row = Experiment.objects.filter(key=experiment, is_running=True).first()
    if row is None:
        return default
    if customer is None and not visitor:
        raise InvalidInput("neither customer nor visitor")
    unit = f"c:{customer.pk}" if customer is not None else f"v:{visitor}"
    variant = assign(row.key, unit, row.variants)
    Exposure.objects.get_or_create(experiment=row, unit=unit, defaults={"customer": customer, "variant": variant})
    return variant
