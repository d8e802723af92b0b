"""Reads what shoppers chose after their searches out of the logs, and keeps it by words and product for the rankers.

Nobody can be told from what is kept: only words for which several people searched are.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from retail_ai.catalog.search_models import SearchChoice, SearchLog
from retail_ai.engine.click_gains import Showing, gains, strength
from retail_ai.events.models import Event
from retail_ai.privacy.selectors import who_declined_tracking
from retail_ai.stores import get_store

DAYS = 180
# A purchase counts for a search whose hit was clicked at most so long before.
BOUGHT_WITHIN = timedelta(days=7)
# Words that fewer people searched for are not kept: too few to learn from, and they might tell of one person.
FEWEST_PEOPLE = 3
# The newest searches that are read.
MOST_SEARCHES = 200_000


def read_showings(*, days: int = DAYS) -> list[Showing]:
    """What was shown to whom and chosen, the oldest first; nothing of those who declined since."""
    to_python = get_store().product_model._meta.pk.to_python
    clicked, bought = _choices(timezone.now() - timedelta(days=days))
    declined = who_declined_tracking()
    logs = (
        SearchLog.objects.filter(event__occurred_at__gte=timezone.now() - timedelta(days=days), total__gt=0)
        .exclude(event__customer__in=declined.customers)
        .exclude(event__customer=None, event__visitor__in=declined.visitors)
    )
    rows = logs.order_by("-event__occurred_at").values_list(
        "search", "words", "folded", "shown", "event__customer", "event__visitor"
    )[:MOST_SEARCHES]
    showings = []
    for search, words, folded, shown, customer, visitor in rows:
        keys = tuple(to_python(key) for key in shown)
        of_these = frozenset(keys)
        person = customer or visitor
        showings.append(Showing(words or folded, person, keys, clicked[search] & of_these, bought[search] & of_these))
    return showings[::-1]


def _choices(since: Any) -> tuple[dict[str, frozenset[Any]], dict[str, frozenset[Any]]]:
    """Products clicked, and those of them bought soon after by the same person, by search."""
    same = Q(customer__isnull=False, customer=OuterRef("customer")) | (~Q(visitor="") & Q(visitor=OuterRef("visitor")))
    purchases = Event.objects.filter(
        same, kind=Event.Kind.PURCHASE, product=OuterRef("product"), occurred_at__gte=OuterRef("occurred_at"),
        occurred_at__lte=OuterRef("occurred_at") + BOUGHT_WITHIN,
    )  # fmt: skip
    clicks = Event.objects.filter(kind=Event.Kind.CLICK, occurred_at__gte=since, product__isnull=False)
    clicks = clicks.filter(slate__in=SearchLog.objects.values("search")).annotate(bought=Exists(purchases))
    clicked: dict[str, set[Any]] = defaultdict(set)
    bought: dict[str, set[Any]] = defaultdict(set)
    for search, product, was_bought in clicks.values_list("slate", "product", "bought"):
        clicked[search].add(product)
        if was_bought:
            bought[search].add(product)
    return _frozen(clicked), _frozen(bought)


def _frozen(found: dict[str, set[Any]]) -> dict[str, frozenset[Any]]:
    return defaultdict(frozenset, {search: frozenset(keys) for search, keys in found.items()})


def strengths(showings: Iterable[Showing]) -> dict[str, dict[Any, float]]:
    """Words that several people searched for → {product chosen: strength, 0 to 1}."""
    showings = list(showings)
    people: dict[str, set[Any]] = defaultdict(set)
    for one in showings:
        people[one.words].add(one.person)
    shared = {words for words, persons in people.items() if len(persons) >= FEWEST_PEOPLE}
    found = gains(one for one in showings if one.words in shared)
    return {
        words: {key: strength(gain) for key, gain in of_words.items() if gain > 0} for words, of_words in found.items()
    }


@transaction.atomic
def keep_choices(showings: Iterable[Showing]) -> int:
    """Replace what is kept of choices; how many pairs of words and product."""
    known = set(get_store().products().order_by().values_list("pk", flat=True))
    rows = [
        SearchChoice(words=words[:200], product_id=key, strength=value)
        for words, of_words in strengths(showings).items()
        for key, value in of_words.items()
        if key in known
    ]
    SearchChoice.objects.all().delete()
    SearchChoice.objects.bulk_create(rows, batch_size=1_000)
    return len(rows)
