"""Vector spaces through their life: filled, indexed, activated, retired, dropped. Embeds nothing itself."""

import logging

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from retail_ai.backends import Embedder, get_embedder
from retail_ai.catalog.models import CatalogEntry, ProductVector, VectorSpace
from retail_ai.conf import conf
from retail_ai.exceptions import RetailAIError

logger = logging.getLogger(__name__)
State = VectorSpace.State
BUILD_MEMORY = "512MB"
# Twice pgvector's default: a better graph for a longer build, so that fewer candidates do at query time.
EF_CONSTRUCTION = 128
# pgvector's HNSW takes 2,000 numbers as float32 and 4,000 as float16; beyond that a space is scanned exactly.
_FLOAT_LIMIT, _HALF_LIMIT = 2_000, 4_000


_served_last: VectorSpace | None = None


def active_space() -> VectorSpace | None:
    """The space that serves queries; None before the first index."""
    global _served_last
    _served_last = VectorSpace.objects.filter(state=State.ACTIVE).order_by().first()
    return _served_last


def likely_space() -> VectorSpace | None:
    """The space that served when last asked, without asking again: for searches that check it on their way."""
    return _served_last or active_space()


_serving: tuple[VectorSpace, ...] = ()


def serving_spaces(*, afresh: bool = False) -> tuple[VectorSpace, ...]:
    """The active space, then those that serve searches beside it; as when last asked, unless ``afresh``."""
    global _serving
    if afresh or not _serving:
        spaces = VectorSpace.objects.filter(state__in=[State.ACTIVE, State.BESIDE]).order_by("pk")
        _serving = tuple(sorted(spaces, key=lambda space: space.state != State.ACTIVE))
    return _serving


def beside_wanted() -> list[tuple[Embedder, str]]:
    """The embedders that RETAIL_AI['SEARCH']['BESIDE'] names, each with its kind of text."""
    return [(get_embedder(alias), str(text)) for alias, text in conf.SEARCH["BESIDE"].items()]


def open_beside() -> list[VectorSpace]:
    """The spaces that are to serve beside the active one, made at need; those no longer wanted are retired."""
    wanted = [_open_beside(embedder, text) for embedder, text in beside_wanted()]
    keys = [space.pk for space in wanted]
    VectorSpace.objects.filter(state=State.BESIDE).exclude(pk__in=keys).update(state=State.RETIRED)
    return wanted


def _open_beside(embedder: Embedder, text: str) -> VectorSpace:
    space, _created = VectorSpace.objects.get_or_create(
        identity=embedder.identity, text=text, defaults={"dimensions": embedder.dimensions, "state": State.FILLING}
    )
    if space.state == State.RETIRED:
        space.state = State.FILLING
        space.save()
    return space


def embedder_of(space: VectorSpace) -> Embedder | None:
    """The configured embedder, under whatever alias, that fills this space; None when none does any more."""
    for alias in sorted(conf.EMBEDDERS, key=lambda alias: alias != "default"):
        try:
            embedder = get_embedder(alias)
        except RetailAIError as error:
            logger.warning("Embedder %r cannot be used: %s", alias, error)
            continue
        if (embedder.identity, embedder.dimensions) == (space.identity, space.dimensions):
            return embedder
    return None


@transaction.atomic
def open_space(*, embedder: Embedder) -> VectorSpace:
    """The embedder's space, made at need: serving at once where none serves yet, else filling beside the one serving.

    A space whose embedder now gives another number of dimensions under the same name is emptied and filled anew.
    """
    first = not VectorSpace.objects.filter(state=State.ACTIVE).exists()
    space, _created = VectorSpace.objects.select_for_update().get_or_create(
        identity=embedder.identity,
        text=VectorSpace.Text.SHORT,
        defaults={"dimensions": embedder.dimensions, "state": State.FILLING},
    )
    if space.dimensions != embedder.dimensions:
        drop_index(space=space)
        space.vectors.all().delete()
        space.dimensions, space.state = embedder.dimensions, State.FILLING
    elif space.state == State.RETIRED:
        space.state = State.FILLING
    if first:
        space.state, space.activated_at = State.ACTIVE, timezone.now()
    space.save()
    return space


def missing(space: VectorSpace) -> int:
    """Entries without an up-to-date vector in a space."""
    return CatalogEntry.objects.count() - _up_to_date(space)


def _up_to_date(space: VectorSpace) -> int:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM retail_ai_productvector v JOIN retail_ai_catalogentry e USING (product_id)"
            " WHERE v.space_id = %s AND v.content_hash = CASE WHEN %s THEN e.full_hash ELSE e.text_hash END",
            [space.pk, space.text == VectorSpace.Text.FULL],
        )
        return int(cursor.fetchone()[0])


def complete_space(*, space_id: int, may_lack: int = 0) -> bool:
    """Build a full space's index and let it serve. False while more than ``may_lack`` vectors are missing.

    Safe to repeat: the nightly reconcile finishes what a killed worker left.
    """
    space = VectorSpace.objects.get(pk=space_id)
    if space.state == State.FILLING and missing(space) > may_lack:
        return False
    build_index(space=space)
    if space.state == State.FILLING:
        serve_beside(space=space) if _is_beside(space) else activate_space(space=space)
    return True


def _is_beside(space: VectorSpace) -> bool:
    return any((embedder.identity, text) == (space.identity, space.text) for embedder, text in beside_wanted())


def serve_beside(*, space: VectorSpace) -> None:
    """From the next query on, searches ask this space too."""
    VectorSpace.objects.filter(pk=space.pk).update(state=State.BESIDE, activated_at=timezone.now())
    space.refresh_from_db()


@transaction.atomic
def activate_space(*, space: VectorSpace) -> None:
    """From the next query on, this space serves; the one that did is kept, retired, until it is dropped."""
    VectorSpace.objects.select_for_update().filter(state=State.ACTIVE).exclude(pk=space.pk).update(state=State.RETIRED)
    VectorSpace.objects.filter(pk=space.pk).update(state=State.ACTIVE, activated_at=timezone.now())
    space.refresh_from_db()


def drop_retired_spaces() -> int:
    """Delete retired spaces with their vectors and indexes; how many there were."""
    spaces = list(VectorSpace.objects.filter(state=State.RETIRED))
    for space in spaces:
        with transaction.atomic():
            drop_index(space=space)
            ProductVector.objects.filter(space=space)._raw_delete(DEFAULT_DB_ALIAS)
            space.delete()
    return len(spaces)


def cast_of(space: VectorSpace) -> str | None:
    """The type that a space's HNSW index is built on; None where it has too many dimensions for one."""
    if space.dimensions <= _FLOAT_LIMIT:
        return f"vector({space.dimensions})"
    return f"halfvec({space.dimensions})" if space.dimensions <= _HALF_LIMIT else None


def build_index(*, space: VectorSpace) -> bool:
    """Build the space's partial HNSW index where the catalogue is large enough to want one; True when it stands."""
    cast = cast_of(space)
    if cast is None or _index_stands(space):
        return cast is not None
    if ProductVector.objects.filter(space=space)[: conf.EXACT_SCAN_LIMIT + 1].count() <= conf.EXACT_SCAN_LIMIT:
        return False
    drop_index(space=space)
    _create_index(space, cast)
    _set_has_index(space, True)
    return True


def _create_index(space: VectorSpace, cast: str) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        if connection.in_atomic_block:
            # Foreign keys still to be checked would forbid it.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"SET maintenance_work_mem = '{BUILD_MEMORY}'")
        cursor.execute(
            f"CREATE INDEX {'' if connection.in_atomic_block else 'CONCURRENTLY'} {space.index_name}"
            f" ON retail_ai_productvector USING hnsw ((embedding::{cast}) {cast.split('(')[0]}_ip_ops)"
            f" WITH (ef_construction = {EF_CONSTRUCTION}) WHERE space_id = {int(space.pk)}"
        )
        cursor.execute("RESET maintenance_work_mem")
        cursor.execute("ANALYZE retail_ai_productvector")


def drop_index(*, space: VectorSpace) -> None:
    """Drop the space's index, a half-built one too."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(f"DROP INDEX IF EXISTS {space.index_name}")
    _set_has_index(space, False)


def _set_has_index(space: VectorSpace, value: bool) -> None:
    space.has_index = value
    VectorSpace.objects.filter(pk=space.pk).update(has_index=value)


def _index_stands(space: VectorSpace) -> bool:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(
            "SELECT indisvalid FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relname = %s", [space.index_name]
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def complete_on_commit(*, space: VectorSpace, may_lack: int = 0) -> None:
    """Complete the space once the present transaction has committed: an index is built without locking out writes."""

    def complete() -> None:
        complete_space(space_id=space.pk, may_lack=may_lack)

    transaction.on_commit(complete, robust=True)
