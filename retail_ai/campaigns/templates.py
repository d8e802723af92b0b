"""Placeholders in a campaign's subject and text: {name} and {count}, with no template language behind them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

PLACEHOLDERS = ("name", "count")
DEFAULT_SUBJECT = gettext_noop("Chosen for you, {name}")
DEFAULT_BODY = gettext_noop("Hello {name},\n\nfrom what you bought and looked at, we chose {count} products for you.")
_PATTERN = re.compile(r"\{([^{}]*)\}")


def check_placeholders(text: str) -> None:
    """Validator. Raises ValidationError that names the placeholders nobody fills in."""
    unknown = sorted({name for name in _PATTERN.findall(text) if name not in PLACEHOLDERS})
    if unknown:
        raise ValidationError(
            _("Unknown placeholder: %(unknown)s. Known: {name}, {count}."), params={"unknown": ", ".join(unknown)}
        )


def in_active_language(text: str) -> str:
    """The words that a campaign starts with in the language that is active; an owner's own words as they are."""
    plain = text.replace("\r\n", "\n").strip()
    return gettext(plain) if plain in (DEFAULT_SUBJECT, DEFAULT_BODY) else text


def fill(text: str, **values: object) -> str:
    """The text with its placeholders replaced; an unknown one is left as it stands."""
    return _PATTERN.sub(lambda match: str(values.get(match[1], match[0])), text)
