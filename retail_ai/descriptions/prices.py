"""What a million tokens of a generator cost, as RETAIL_AI says. It adds nothing up."""

from decimal import Decimal, InvalidOperation

from retail_ai.conf import conf
from retail_ai.exceptions import ConfigurationError


def price_of(generator: str) -> tuple[Decimal, Decimal, str] | None:
    """(a million tokens read, a million written, currency) of ``GENERATORS[alias]["PRICE"]``; None without one.

    Raises ConfigurationError that shows how it is written.
    """
    given = (conf.GENERATORS.get(generator) or {}).get("PRICE")
    if given is None:
        return None
    try:
        return Decimal(str(given["INPUT"])), Decimal(str(given["OUTPUT"])), str(given["CURRENCY"])
    except (KeyError, TypeError, InvalidOperation) as error:
        raise ConfigurationError(
            f"RETAIL_AI['GENERATORS']['{generator}']['PRICE'] must be like "
            '{"INPUT": 0.15, "OUTPUT": 0.60, "CURRENCY": "USD"}, for a million tokens.'
        ) from error
