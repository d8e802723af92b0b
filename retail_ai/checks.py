"""System checks of the settings, registered on import. Each has a stable id and a hint that says what mends it.

Plain ``manage.py check`` runs these only; what stands beside the shop is asked in checks_running.py. What really works
is tried by ``manage.py retail_ai_doctor``.
"""

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from retail_ai.backends import (
    get_embedder,
    get_generator,
    get_image_embedder,
    get_recommender,
    get_reranker,
    get_trainer,
)
from retail_ai.conf import DEFAULTS, conf
from retail_ai.descriptions.prices import price_of
from retail_ai.exceptions import RetailAIError
from retail_ai.stores import StoreAdapter, get_store
from retail_ai.stores.columns import columns_of, is_column

TAG = "retail_ai"
RATE = re.compile(r"[1-9]\d*/[smhd][a-z]*")
BOOSTS = ("popularity", "margin", "stock", "newness")
MAY_BE_NONE = {"EVENT_RETENTION_DAYS", "JOB_RETENTION_DAYS"}
PRODUCT_FIELDS = (
    "title_field", "sku_field", "description_field", "brand_field", "price_field", "stock_field", "visible_field",
    "category_field", "attributes_field", "created_field",
)  # fmt: skip


@register(TAG)
def check_product_model(**_: Any) -> list[CheckMessage]:
    """E001: the product model's name is wrong. (Without any name Django cannot start; see stores/fields.py.)"""
    name = getattr(settings, "RETAIL_AI_PRODUCT_MODEL", None)
    hint = 'Name your shop\'s product model in the settings: RETAIL_AI_PRODUCT_MODEL = "catalogue.Product"'
    if not isinstance(name, str) or name.count(".") != 1:
        return [Error(f"RETAIL_AI_PRODUCT_MODEL is {name!r}.", hint=hint, id="retail_ai.E001")]
    try:
        apps.get_model(name)
    except (LookupError, ValueError) as error:
        return [Error(f"RETAIL_AI_PRODUCT_MODEL = {name!r}: {error}", hint=hint, id="retail_ai.E001")]
    return []


@register(TAG)
def check_store(**_: Any) -> list[CheckMessage]:
    """E002: the adapter cannot be had; E003: it names fields that the product does not have, or for cards what is no
    column; W004: what it says is wrong itself."""
    try:
        store = get_store()
    except Exception as error:
        hint = "See docs: an adapter is a subclass of retail_ai.stores.StoreAdapter that names your product's fields."
        return [Error(str(error), hint=hint, id="retail_ai.E002")]
    try:
        # What points at the product from other tables is no field of it: columns, and what they point at, are.
        fields = {
            field.name for field in store.product_model._meta.get_fields() if field.concrete or not field.auto_created
        } | set(store.products().query.annotations)
        found: list[CheckMessage] = [
            Warning(problem, hint="See docs/developers.md.", id="retail_ai.W004")
            for problem in store.problems(with_rows=False)
        ]
    except (LookupError, AttributeError):
        return []  # E001 says it
    return found + [
        Error(
            f"{type(store).__name__}.{name} = {path!r}, but {store.product_model.__name__} has no field {first!r}.",
            hint=_did_you_mean(first, fields) or f"Its fields: {', '.join(sorted(fields))}. None where there is none.",
            id="retail_ai.E003",
        )
        for name in PRODUCT_FIELDS
        if (path := getattr(store, name)) and (first := path.split("__")[0]) not in fields
        and not hasattr(store.product_model, first)
    ] + _card_fields(store)  # fmt: skip


def _card_fields(store: StoreAdapter) -> list[CheckMessage]:
    """What ``card_fields`` names is read out of the database by itself: columns, and those of what they point at."""
    model: Any = store.product_model
    return [
        Error(
            f"{type(store).__name__}.card_fields has {path!r}, which is no column of {model.__name__}.",
            hint=f"Its columns: {', '.join(sorted(columns_of(model)))}. Of what a key points at: brand__name.",
            id="retail_ai.E003",
        )
        for path in store.card_fields
        if not is_column(model, path.split("__"))
    ]


@register(TAG)
def check_keys(**_: Any) -> list[CheckMessage]:
    """W001: keys of RETAIL_AI that mean nothing."""
    return [
        Warning(
            f"RETAIL_AI has the key {key!r}, which means nothing.",
            hint=_did_you_mean(key, DEFAULTS) or f"Known keys: {', '.join(sorted(DEFAULTS))}.",
            id="retail_ai.W001",
        )
        for key in conf.unknown_keys()
    ]


@register(TAG)
def check_kinds(**_: Any) -> list[CheckMessage]:
    """E008: a value of another kind than its default ("en" for ["en"]), which would fail or mislead later."""
    given: dict[str, Any] = getattr(settings, "RETAIL_AI", {})
    return [
        Error(
            f"RETAIL_AI[{key!r}] is {given[key]!r}.",
            hint=f"It is a {type(default).__name__}; the default is {default!r}.",
            id="retail_ai.E008",
        )
        for key, default in DEFAULTS.items()
        if key in given and not _fits(given[key], default) and not (given[key] is None and key in MAY_BE_NONE)
    ]


def _fits(value: Any, default: Any) -> bool:
    """Whether a value may stand in the default's place."""
    if default is None:
        return True
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    kinds = {int: int | float, float: int | float, list: list | tuple}
    return isinstance(value, kinds.get(type(default), type(default)))


@register(TAG)
def check_throttle_rates(**_: Any) -> list[CheckMessage]:
    """E005: a rate that cannot be read, which would fail at the first request; W003: a rate of nothing."""
    found: list[CheckMessage] = []
    for scope, rate in conf.THROTTLE_RATES.items():
        if scope not in DEFAULTS["THROTTLE_RATES"]:
            hint = _did_you_mean(scope, DEFAULTS["THROTTLE_RATES"]) or "See DEFAULTS in retail_ai/conf.py."
            found.append(
                Warning(f"THROTTLE_RATES has {scope!r}, which means nothing.", hint=hint, id="retail_ai.W003")
            )
        elif rate is not None and not RATE.fullmatch(str(rate)):
            hint = 'Write "120/min", "5/s" or "1000/day"; None sets no limit.'
            found.append(Error(f"THROTTLE_RATES[{scope!r}] is {rate!r}.", hint=hint, id="retail_ai.E005"))
    return found


@register(TAG)
def check_backends(**_: Any) -> list[CheckMessage]:
    """E004: a backend that cannot be made; W002: the language model's packages or weights are absent."""
    found: list[CheckMessage] = []
    kinds: dict[str, Callable[[str], Any]] = {
        "EMBEDDERS": get_embedder, "GENERATORS": get_generator, "RECOMMENDERS": get_recommender,
        "TRAINERS": get_trainer, "RERANKERS": get_reranker, "IMAGE_EMBEDDERS": get_image_embedder,
    }  # fmt: skip
    for key, get in kinds.items():
        for alias, entry in getattr(conf, key).items():
            if entry is None:  # a default that the shop leaves out
                continue
            try:
                backend = get(alias)
            except (RetailAIError, ImportError) as error:
                hint = f'Name the backend\'s class: RETAIL_AI["{key}"]["{alias}"] = {{"BACKEND": "dotted.path.Class"}}'
                found.append(Error(f"{key}[{alias!r}]: {error}", hint=hint, id="retail_ai.E004"))
                continue
            if type(backend).__name__ == "TransformersGenerator":  # its own check looks at the disk only
                hint = (
                    "Until then descriptions are put together by the composer, and say so. To leave it at that: "
                    'RETAIL_AI["GENERATORS"]["default"] = {"BACKEND": '
                    '"retail_ai.backends.generators.composer.ComposerGenerator"}'
                )
                problems = " ".join(backend.check())
                found += [Warning(problems, hint=hint, id="retail_ai.W002")] if problems else []
    return found


@register(TAG)
def check_boosts(**_: Any) -> list[CheckMessage]:
    """E007: a boost of searches that means nothing, or is not gentle."""
    hint = f"Use numbers from -1 to 1 for {', '.join(BOOSTS)}: 0.1 is gentle, 0 makes no difference."
    return [
        Error(f"SEARCH['BOOSTS'][{name!r}] is {value!r}.", hint=hint, id="retail_ai.E007")
        for name, value in dict(conf.SEARCH["BOOSTS"]).items()
        if name not in BOOSTS or not isinstance(value, int | float) or not -1 <= value <= 1
    ]


@register(TAG)
def check_prices(**_: Any) -> list[CheckMessage]:
    """E006: a generator's price that cannot be read; estimates and reports would show no money."""
    found: list[CheckMessage] = []
    for alias in conf.GENERATORS:
        try:
            price_of(alias)
        except RetailAIError as error:
            hint = "Take PRICE out where the generator costs nothing."
            found.append(Error(str(error), hint=hint, id="retail_ai.E006"))
    return found


def _did_you_mean(word: str, words: Any) -> str:
    close = get_close_matches(word, [str(w) for w in words], n=1, cutoff=0.6)
    close = close or get_close_matches(word.upper(), [str(w) for w in words], n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else ""
