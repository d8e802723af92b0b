"""What may keep an owner's rule from doing anything, to be said when it is saved. It refuses nothing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from retail_ai.recommendations.allowed import all_products
from retail_ai.recommendations.models import SlateRule
from retail_ai.recommendations.sql import fetch
from retail_ai.stores import get_store


def doubts_of(rule: SlateRule) -> Iterator[str]:
    """A sentence for each: names that no product has (they may come later), a pin on what cannot be bought now."""
    store = get_store()
    for name in filter(None, (rule.category, rule.on_category)):
        if not store.in_category(store.products(), name).exists():
            yield _(
                "No product was found in a category named “%(name)s”: see in the preview what the rule changes."
            ) % {"name": name}
    if rule.brand and not _is_a_brand(rule.brand):
        yield _("No product of a brand named “%(name)s” was found: see in the preview what the rule changes.") % {
            "name": rule.brand
        }
    if rule.action == SlateRule.Action.PIN and not store.sellable().filter(pk=rule.product_id).exists():
        yield _("%(product)s cannot be bought now; it is shown as soon as it can.") % {"product": rule.product}


def _is_a_brand(name: str) -> bool:
    sql, given = all_products()
    return bool(fetch(f"SELECT 1 FROM {sql} AS a WHERE lower(a.brand) = lower(%s) LIMIT 1", [*given, name]))  # noqa: S608
