"""Applies the owner's rules to ranked candidates: exclude, boost, bury, pin. Which hold now, history has read."""

from typing import Any

from retail_ai.recommendations.allowed import allowed_products
from retail_ai.recommendations.categories import category_names
from retail_ai.recommendations.sql import fetch
from retail_ai.recommendations.wishes import Candidate, Part, Wish
from retail_ai.stores import get_store

Rule = dict[str, Any]


def apply_rules(wish: Wish, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates after the rules, in their new order. Without rules the list as it is."""
    rules = [rule for rule in wish.past.rules if _holds_here(wish, rule)]
    if not rules:
        return candidates
    paths = category_names(item.pk for item in candidates) if any(rule["category"] for rule in rules) else {}
    by_action = {
        action: [rule for rule in rules if rule["action"] == action] for action in ("exclude", "boost", "bury", "pin")
    }
    kept = [item for item in candidates if not _any(by_action["exclude"], item, paths)]
    kept = [_boosted(item, by_action["boost"], paths) for item in kept]
    kept.sort(key=lambda item: (_any(by_action["bury"], item, paths), -item.score))
    return _pinned(wish, kept, by_action["pin"])


def _holds_here(wish: Wish, rule: Rule) -> bool:
    wanted = rule["on_category"].casefold()
    if not wanted:
        return True
    here = {wish.category.casefold()}
    if wish.product is not None:
        here |= {name.casefold() for name in get_store().category_path(wish.product)}
    return wanted in here


def _any(rules: list[Rule], item: Candidate, paths: dict[Any, frozenset[str]]) -> bool:
    return any(_is_meant(rule, item, paths) for rule in rules)


def _is_meant(rule: Rule, item: Candidate, paths: dict[Any, frozenset[str]]) -> bool:
    if rule["product"] is not None:
        return str(rule["product"]) == str(item.pk)
    if rule["category"]:
        return rule["category"].casefold() in paths.get(item.pk, ())
    return bool(rule["brand"]) and rule["brand"].casefold() == item.brand.casefold()


def _boosted(item: Candidate, rules: list[Rule], paths: dict[Any, frozenset[str]]) -> Candidate:
    """The candidate with its score and all parts of it multiplied: their shares stay what they were."""
    for rule in rules:
        if _is_meant(rule, item, paths):
            item.score *= rule["factor"]
            item.parts = [Part(p.kind, p.cause, p.amount * rule["factor"], p.support) for p in item.parts]
    return item


def _pinned(wish: Wish, items: list[Candidate], rules: list[Rule]) -> list[Candidate]:
    """Pinned products at their places, if they can be bought now and the shopper did not hide them."""
    if not rules:
        return items
    places = {str(rule["product"]): rule["position"] for rule in rules}
    known = {str(item.pk): item for item in items}
    sql, params = allowed_products(get_store().sellable().filter(pk__in=list(places)))
    here = wish.product.pk if wish.product is not None else None
    for pk, brand in fetch(f"SELECT pk, brand FROM {sql} AS a", params):  # noqa: S608
        if pk not in wish.past.hidden and pk != here:
            known.setdefault(str(pk), Candidate(pk, brand or "", 0.0, [Part("pin", None, 0.0)]))
            known[str(pk)].facts["pinned"] = places[str(pk)]
    pins = sorted((item for item in known.values() if "pinned" in item.facts), key=lambda item: item.facts["pinned"])
    rest = [item for item in items if "pinned" not in item.facts]
    for item in pins:
        rest.insert(item.facts["pinned"] - 1, item)
    return rest
