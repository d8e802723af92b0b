"""Changes in the shop that must reach the index within seconds: product saved, deleted, its relations changed.

Bulk updates fire no signal; the nightly reconcile finds those. A broker that is down never breaks the shop's save.
"""

import logging
import threading
import time
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models.signals import m2m_changed, post_save

logger = logging.getLogger(__name__)
MESSAGE_SIZE = 500
# After a failure the broker is left alone this long, so that a shop's saves do not each wait for it.
PAUSE_SECONDS = 30.0
# One try at once. Without a policy of its own Celery asks a Redis that is away for six seconds.
ONE_TRY = {"max_retries": 0, "interval_start": 0}
_waiting = threading.local()
_broken_until = 0.0


def connect() -> None:
    """Listen to the shop's product model. Deletions need no message: the foreign keys cascade."""
    model = apps.get_model(settings.RETAIL_AI_PRODUCT_MODEL)
    post_save.connect(_saved, sender=model, dispatch_uid="retail_ai.catalog.saved")
    for field in model._meta.many_to_many:
        m2m_changed.connect(
            _related, sender=getattr(model, field.name).through, dispatch_uid=f"retail_ai.catalog.{field.name}"
        )


def _saved(*, instance: Any, raw: bool = False, **_: Any) -> None:
    if not raw:
        note_changed(instance.pk)


def _related(*, instance: Any, action: str, reverse: bool, pk_set: set[Any] | None, **_: Any) -> None:
    if action in ("post_add", "post_remove"):
        for key in (pk_set or ()) if reverse else (instance.pk,):
            note_changed(key)
    elif action == "post_clear" and not reverse:
        note_changed(instance.pk)


def note_changed(key: Any) -> None:
    """Have a product indexed again. Collects keys until the transaction commits: a thousand make two messages."""
    if not hasattr(_waiting, "keys"):
        _waiting.keys = {}
    _waiting.keys[str(key)] = None
    transaction.on_commit(_send, robust=True)


def _send() -> None:
    keys, _waiting.keys = list(_waiting.keys), {}
    for start in range(0, len(keys), MESSAGE_SIZE):
        _publish(keys[start : start + MESSAGE_SIZE])


def _publish(keys: list[str]) -> None:
    global _broken_until
    if time.monotonic() < _broken_until:
        return
    from retail_ai.catalog.tasks import index_products

    try:
        index_products.apply_async((keys,), retry=True, retry_policy=ONE_TRY)
    except Exception as error:
        _broken_until = time.monotonic() + PAUSE_SECONDS
        logger.warning("Changed products that wait for the nightly reconcile: %d; no broker (%s)", len(keys), error)
