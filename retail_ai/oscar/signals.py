"""What happens in Oscar's pages, as the app's events: views, searches, baskets, orders, reviews; and what has to reach
the index. All of it after the commit, none of it ever an error in the shop."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from oscar.apps.basket.signals import basket_addition
from oscar.apps.catalogue.reviews.signals import review_added
from oscar.apps.catalogue.signals import product_viewed
from oscar.apps.order.signals import order_placed, order_status_changed
from oscar.apps.search.signals import user_search
from oscar.core.loading import get_model

from retail_ai.catalog.signals import note_changed
from retail_ai.events.services import forget_sale, record_sale
from retail_ai.events.tracking import track
from retail_ai.stores import get_store
from retail_ai.stores.oscar import OscarStore
from retail_ai.stores.oscar_history import log_mark

logger = logging.getLogger(__name__)
# Rows beside the product that are part of what is known of it: (app, model, how it names the product).
PARTS = (
    ("catalogue", "ProductAttributeValue", "product"),
    ("catalogue", "ProductCategory", "product"),
    ("catalogue", "Product", "parent"),
)


def connect() -> None:
    """Listen once to each of Oscar's signals, and to the rows that a product's facts are made of."""
    heard: tuple[tuple[Any, Callable[..., None]], ...] = (
        (product_viewed, _viewed), (user_search, _searched), (basket_addition, _added), (order_placed, _ordered),
        (order_status_changed, _ordered), (review_added, _reviewed),
    )  # fmt: skip
    for signal, receiver in heard:
        signal.connect(receiver, dispatch_uid=f"retail_ai.oscar{receiver.__name__}")
    for app, model, name in PARTS:
        for changed in (post_save, post_delete):
            changed.connect(
                partial(_part_changed, name), sender=get_model(app, model), weak=False,
                dispatch_uid=f"retail_ai.oscar.{model}",
            )  # fmt: skip


def _viewed(*, product: Any, user: Any, request: Any, **_: Any) -> None:
    root = _root(product)
    _later(lambda: track(request, "view", product=root, reference=_mark("view", user, root.pk)))


def _searched(*, sender: Any, user: Any, query: str, **_: Any) -> None:
    request = getattr(sender, "request", None)
    if request is not None and query.strip():
        _later(lambda: track(request, "search", query=query, reference=_mark("search", user, query)))


def _added(*, product: Any, request: Any, **_: Any) -> None:
    if request is not None:
        _later(lambda: track(request, "cart", product=_root(product)))


def _ordered(*, order: Any, **_: Any) -> None:
    _later(lambda: _record(order))


def _record(order: Any) -> None:
    """The order's lines as purchases; none where its status, which may have changed, does not count as sold."""
    store = get_store()
    lines = store.lines_of(order) if isinstance(store, OscarStore) else []
    if lines:
        record_sale(lines)
    else:
        forget_sale(order=str(order.number))  # Oscar's own generator makes a number of it


def _reviewed(*, review: Any, request: Any = None, **_: Any) -> None:
    root = _root(review.product)
    note_changed(root.pk)
    if request is not None:
        _later(lambda: track(request, "rating", product=root))


def _part_changed(name: str, *, instance: Any, raw: bool = False, **_: Any) -> None:
    if not raw and getattr(instance, f"{name}_id") is not None:
        note_changed(instance.parent_id if name == "parent" else _root(instance.product).pk)


def _root(product: Any) -> Any:
    return product.parent if product.parent_id else product


def _mark(kind: str, user: Any, what: Any) -> str:
    """Oscar keeps what signed-in people do; a later back-fill then knows the row."""
    known = user is not None and user.is_authenticated
    return f"log:{log_mark(kind, user.pk, what, timezone.now())}"[:120] if known else ""


def _later(work: Callable[[], Any]) -> None:
    transaction.on_commit(partial(_safely, work))


def _safely(work: Callable[[], Any]) -> None:
    try:
        with transaction.atomic():
            work()
    except Exception:
        logger.exception("What happened in the shop was not recorded")
