"""Puts learned voices in and out of service. One serves a base model; the one before comes back at a click."""

import threading
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from retail_ai.backends import Generator, get_generator
from retail_ai.backends.trainers.base import Adapter
from retail_ai.descriptions.voice_models import VoiceAdapter, VoiceRelease
from retail_ai.exceptions import InvalidInput, RetailAIError

KEPT = 5
_lock = threading.Lock()
_served: dict[str, tuple[str, Generator]] = {}


def writer_for(alias: str) -> str | Generator:
    """The generator that writes now: the alias itself, or its model with the voice that serves put on.

    What cannot work is left to the pipeline, which says why and lets the composer write.
    """
    try:
        model = get_generator(alias)
    except (RetailAIError, ImportError):
        return alias
    if not model.can_adapt or not (release := serving_release(model.identity)):
        return alias
    voiced = _with_voice(model, release)
    return alias if voiced.check() else voiced


def serving_release(base: str) -> VoiceRelease | None:
    """The release that serves for a base model, by its identity."""
    return VoiceRelease.objects.filter(base=base, state=VoiceRelease.State.SERVING).first()


def adapter_of(release: VoiceRelease) -> Adapter:
    """What a release learned. Raises InvalidInput for one so old that it is no longer kept."""
    row = VoiceAdapter.objects.filter(release=release).first()
    if row is None:
        raise InvalidInput(_("Release %(id)s is too old: what it learned is no longer kept.") % {"id": release.pk})
    return Adapter(row.configuration, bytes(row.weights))


def keep_adapter(*, release: VoiceRelease, adapter: Adapter) -> VoiceAdapter:
    """Store what a release learned beside it."""
    digest = sha256(adapter.weights).hexdigest()
    return VoiceAdapter.objects.create(
        release=release, configuration=adapter.configuration, weights=adapter.weights, sha256=digest
    )


@transaction.atomic
def promote_voice(*, release: VoiceRelease) -> VoiceRelease:
    """Let a release serve from the next text on; the one that served for the same model retires."""
    release = VoiceRelease.objects.select_for_update().get(pk=release.pk)
    adapter_of(release)
    others = VoiceRelease.objects.filter(base=release.base, state=VoiceRelease.State.SERVING).exclude(pk=release.pk)
    others.update(state=VoiceRelease.State.RETIRED)
    release.state, release.promoted_at = VoiceRelease.State.SERVING, timezone.now()
    release.save(update_fields=["state", "promoted_at"])
    return release


@transaction.atomic
def roll_back_voice() -> VoiceRelease | None:
    """Bring back what served before: an earlier release, or, where there was none, the model as it came (None).

    Raises InvalidInput when no release serves.
    """
    serving = VoiceRelease.objects.select_for_update().filter(state=VoiceRelease.State.SERVING)
    current = serving.order_by("-promoted_at").first()
    if current is None:
        raise InvalidInput(_("No release serves: the model writes as it came."))
    before = (
        VoiceRelease.objects.filter(base=current.base, promoted_at__lt=current.promoted_at, adapter__isnull=False)
        .order_by("-promoted_at")
        .first()
    )
    current.state = VoiceRelease.State.RETIRED
    current.promoted_at = None
    current.save(update_fields=["state", "promoted_at"])
    if before is None:
        return None
    before.state = VoiceRelease.State.SERVING
    before.save(update_fields=["state"])
    return before


@transaction.atomic
def settle_voice(*, release: VoiceRelease) -> VoiceRelease:
    """After training: serve when the gate was passed, else stay a candidate. Weights of old ones are dropped."""
    release.state = VoiceRelease.State.CANDIDATE
    release.save(update_fields=["state"])
    if release.passed_gate:
        release = promote_voice(release=release)
    kept = list(VoiceRelease.objects.values_list("pk", flat=True)[:KEPT])
    VoiceAdapter.objects.exclude(release__in=kept).exclude(release__state=VoiceRelease.State.SERVING).delete()
    return release


def _with_voice(model: Generator, release: VoiceRelease) -> Generator:
    """One generator a process and base model; another release takes its place."""
    digest = VoiceAdapter.objects.values_list("sha256", flat=True).get(release=release)
    with _lock:
        known = _served.get(release.base)
        if known is None or known[0] != digest:
            known = (digest, model.adapted(adapter_of(release)))  # type: ignore[attr-defined]
            _served[release.base] = known
    return known[1]
