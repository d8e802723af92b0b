"""Puts a simulated history into the shop's tables, labelled as simulated, and takes it out again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zlib import crc32

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import transaction

from shop_demo.bulk import copy_rows, reserve_ids
from shop_demo.models import Order, Product, Profile, Review, StockOut, VisitLog
from shop_demo.simulation.history import History, simulate
from shop_demo.simulation.world import Good
from shop_demo.simulation.writing_orders import write_orders

Report = Callable[[str, float], None]  # (what is being done, share of all work that is done)


def goods_of_shop() -> list[Good]:
    """The demo catalogue's visible products, as the simulation sees them."""
    products = Product.objects.filter(source="demo", is_active=True).select_related("department__parent")
    return [
        Good(
            pk=p.pk,
            sku=p.sku,
            title=p.title,
            brand=p.brand,
            kind=p.department.slug,
            top=p.department.parent.slug if p.department.parent else p.department.slug,
            price=float(p.price),
            attributes=p.attributes,
        )
        for p in products
    ]


def has_history() -> bool:
    """Whether a simulated history is in the shop."""
    return Profile.objects.filter(is_simulated=True).exists()


@transaction.atomic
def write_history(
    *, seed: int, customers: int, days: int, now: datetime | None = None, report: Report = lambda what, share: None
) -> dict[str, int]:
    """Simulate and write; return how many rows of each table were written."""
    report("drawing", 0.02)
    history = simulate(goods_of_shop(), seed=seed, customers=customers, days=days, now=now or datetime.now(UTC))
    report("customers", 0.35)
    users = _write_people(history)
    report("orders", 0.45)
    orders, lines = write_orders(history, users)
    report("reviews", 0.6)
    reviews = _write_reviews(history, users)
    report("visits", 0.65)
    visits = _write_visits(history, users)
    report("stock", 0.97)
    spans = _write_stock(history)
    report("done", 1.0)
    return {
        "customers": len(users),
        "orders": orders,
        "order lines": lines,
        "reviews": reviews,
        "visits": visits,
        "stock-outs": spans,
    }


@transaction.atomic
def remove_history() -> None:
    """Delete every simulated row; products that the simulation had emptied get a little stock again."""
    sold_out = StockOut.objects.filter(product__source="demo", last_day__gte=datetime.now(UTC).date())
    Product.objects.filter(stock=0, stock_outs__in=sold_out).update(stock=12)
    StockOut.objects.filter(product__source="demo").delete()
    VisitLog.objects.filter(is_simulated=True).delete()
    Review.objects.filter(is_simulated=True).delete()
    Order.objects.filter(is_simulated=True).delete()
    get_user_model().objects.filter(profile__is_simulated=True).delete()


def _write_people(history: History) -> list[int]:
    people, model = history.people, get_user_model()
    ids = reserve_ids(model, len(people))
    unusable = make_password(None)
    joined = [history.moment(int(day) * 86400) for day in people.joined]
    copy_rows(
        model,
        ["id", "username", "first_name", "last_name", "email", "password", "date_joined", "is_active"],
        (
            (pk, username, given, family, f"{username}@example.com", unusable, when, True)
            for pk, username, (given, family), when in zip(ids, people.usernames, people.names, joined, strict=True)
        ),
    )
    # A signal may have made no profile, as COPY fires none.
    copy_rows(
        Profile,
        ["user_id", "language", "wants_news", "is_simulated"],
        (
            (pk, "zh-hans" if chinese else "en", bool(news), True)
            for pk, chinese, news in zip(ids, people.chinese, people.wants_news, strict=True)
        ),
    )
    return ids


def _write_reviews(history: History, users: list[int]) -> int:
    return copy_rows(
        Review,
        ["product_id", "user_id", "rating", "text", "created_at", "is_simulated"],
        (
            (history.market.goods[r.good].pk, users[r.person], r.rating, r.text, history.moment(r.second), True)
            for r in history.reviews
        ),
    )


def _write_visits(history: History, users: list[int]) -> int:
    goods = history.market.goods
    return copy_rows(
        VisitLog,
        ["kind", "user_id", "visitor", "product_id", "query", "occurred_at", "is_simulated"],
        (
            (
                v.kind,
                users[v.person] if v.person >= 0 else None,
                v.visitor,
                goods[v.good].pk if v.good >= 0 else None,
                v.query,
                history.moment(v.second),
                True,
            )
            for v in history.visits
        ),
    )


def _write_stock(history: History) -> int:
    """The spans without stock; what is out today has none now, and products get an age, newcomers their true one."""
    goods, last = history.market.goods, history.market.days - 1
    spans = [
        StockOut(product_id=goods[good].pk, first_day=history.day(first), last_day=history.day(until))
        for good, first, until in history.market.out
        if until >= history.market.launched.get(good, 0)
    ]
    StockOut.objects.bulk_create(spans)
    out_now = [goods[good].pk for good, _, until in history.market.out if until == last]
    Product.objects.filter(pk__in=out_now).update(stock=0)
    known = [g.pk for n, g in enumerate(goods) if n not in history.market.launched]
    Product.objects.bulk_update(
        [
            Product(pk=pk, created_at=history.start - timedelta(days=60 + crc32(str(pk).encode()) % 600))
            for pk in known
        ],
        ["created_at"],
        batch_size=500,
    )
    for good, day in history.market.launched.items():
        Product.objects.filter(pk=goods[good].pk).update(created_at=history.moment(day * 86400))
    return len(spans)
