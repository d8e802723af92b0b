"""Puts releases in and out of service. Exactly one serves; the one before can be brought back at a click."""

from django.db import transaction
from django.utils import timezone

from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.models import Neighbour, Release

KEPT = 3


@transaction.atomic
def promote_release(*, release: Release) -> Release:
    """Let a release serve from the next request on; the one that served retires. Raises InvalidInput without data."""
    release = Release.objects.select_for_update().get(pk=release.pk)
    if not Neighbour.objects.filter(release=release).exists():
        raise InvalidInput(f"Release {release.pk} has no neighbours any more: train a new one.")
    Release.objects.filter(state=Release.State.SERVING).exclude(pk=release.pk).update(state=Release.State.RETIRED)
    release.state, release.promoted_at = Release.State.SERVING, timezone.now()
    release.save(update_fields=["state", "promoted_at"])
    return release


def release_before() -> Release | None:
    """The release that served before the one in service, if any did."""
    served = Release.objects.filter(state=Release.State.RETIRED, promoted_at__isnull=False)
    return served.order_by("-promoted_at").first()


@transaction.atomic
def roll_back() -> Release:
    """Bring back the release that served before this one. Raises InvalidInput when there is none."""
    before = release_before()
    if before is None:
        raise InvalidInput("No release served before this one.")
    return promote_release(release=before)


@transaction.atomic
def settle_release(*, release: Release) -> Release:
    """After training: serve when the gate was passed, else stay a candidate. Neighbours of old ones are dropped."""
    release.state = Release.State.CANDIDATE
    release.save(update_fields=["state"])
    if release.passed_gate:
        promote_release(release=release)
    kept = list(Release.objects.values_list("pk", flat=True)[:KEPT])
    old = Neighbour.objects.exclude(release__in=kept).exclude(release__state=Release.State.SERVING)
    old._raw_delete(old.db)
    release.refresh_from_db()
    return release
