"""What the shop shows now, read so that nothing is overwritten unseen. It writes nothing."""

from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.exceptions import InvalidInput
from retail_ai.stores import get_store


class LiveTextChanged(InvalidInput):
    """The live text is not the one that was seen before it was to be replaced. ``live`` is what it is now."""

    def __init__(self, live: str) -> None:
        super().__init__(
            _(
                "The live text was changed outside of these pages meanwhile. Nothing was overwritten. "
                "Look at the difference, then decide again."
            )
        )
        self.live = live


def live_text_of(product: Any, field: str, language: str) -> str:
    """The text now live in a field; empty where the shop has no such field."""
    try:
        return get_store().read_text(product, field, language)
    except AttributeError:
        return ""


def mark_of(text: str) -> str:
    """A short mark of a text, for a page to send back: what its reader saw."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def locked(product: Any) -> Any:
    """The product as it is at this moment; others wait to change it until the transaction ends."""
    rows = get_store().product_model._default_manager.select_for_update(of=("self",))
    found = rows.filter(pk=product.pk).first()
    if found is None:
        raise InvalidInput(_("The product is no longer in the shop."))
    return found
