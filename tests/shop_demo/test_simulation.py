"""The simulated history: what it must hold to be believable, and that it is the same each time."""

from collections import Counter, defaultdict
from datetime import UTC, datetime

import numpy as np
import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Sum

from shop_demo.catalogue.loading import load_catalogue
from shop_demo.catalogue.tables import read_departments, read_products
from shop_demo.models import Order, OrderLine, Product, Profile, Review, StockOut, VisitLog
from shop_demo.simulation.demand import fitting
from shop_demo.simulation.history import History, simulate
from shop_demo.simulation.reviews import compose, read_phrases
from shop_demo.simulation.world import Good, kind_seasons, read_groups, read_kinds
from shop_demo.simulation.writing import remove_history, write_history

NOW = datetime(2026, 6, 15, 12, 0, tzinfo=UTC)


def goods() -> list[Good]:
    tops = {d.slug: d.parent for d in read_departments()}
    return [
        Good(n, p.sku, p.title, p.brand, p.department, tops[p.department], float(p.price), p.attributes)
        for n, p in enumerate(read_products())
    ]


@pytest.fixture(scope="module")
def history() -> History:
    """Two years of 1,500 customers, drawn once for all tests here."""
    return simulate(goods(), seed=7, customers=1500, days=730, now=NOW)


def test_every_department_that_sells_has_its_row_and_companions_exist():
    slugs = {k.slug for k in read_kinds()}
    assert slugs == {d.slug for d in read_departments() if d.parent}
    assert all(set(k.companions) <= slugs for k in read_kinds())
    assert all(set(kinds) <= slugs for _, _, kinds in read_groups())
    assert {slug for slug, _ in read_phrases()} == slugs | {"any"}


def test_sizes_are_as_documented(history):
    assert 11_000 < len(history.second) < 14_000
    assert 110_000 < len(history.visits) < 130_000
    assert 3_200 < len(history.reviews) < 3_700
    assert len(history.people) == 1500


def test_the_same_seed_gives_the_same_history_and_another_gives_another():
    few = {"customers": 60, "days": 90, "now": NOW}
    one, two, other = (simulate(goods(), seed=s, **few) for s in (1, 1, 2))
    assert np.array_equal(one.lines.good, two.lines.good)
    assert [r.text for r in one.reviews] == [r.text for r in two.reviews]
    assert one.visits == two.visits
    assert not np.array_equal(one.lines.good, other.lines.good)


def test_nothing_is_sold_while_out_of_stock_or_before_its_launch(history):
    lines, market = history.lines, history.market
    assert market.on_sale[lines.day, lines.good].all()
    assert len(market.out) > 80
    assert not market.on_sale.all()


def test_nothing_happens_in_the_future_and_history_reaches_today(history):
    latest = int((NOW - history.start).total_seconds())
    assert history.second.max() <= latest
    assert max(v.second for v in history.visits) <= latest
    assert max(r.second for r in history.reviews) <= latest
    assert all(second < latest for _, second in history.returns)
    assert history.second.max() > latest - 2 * 86400


def test_tents_sell_in_summer_and_toys_before_christmas(history):
    sold = defaultdict(Counter)
    for day, good in zip(history.lines.day, history.lines.good, strict=True):
        sold[history.market.goods[good].kind][history.day(int(day)).month] += 1
    assert sum(sold["tents"][m] for m in (5, 6, 7)) > 2 * sum(sold["tents"][m] for m in (11, 12, 1))
    assert sum(sold["building-toys"][m] for m in (11, 12)) > 1.5 * sum(sold["building-toys"][m] for m in (6, 7))


def test_seasons_are_about_one_outside_the_peak():
    kinds = read_kinds()
    seasons = kind_seasons(kinds, datetime(2025, 1, 1, tzinfo=UTC).date(), 365)
    tents = [k.slug for k in kinds].index("tents")
    assert seasons[20, tents] == pytest.approx(1.0)
    assert seasons[170, tents] == pytest.approx(2.8)


def test_promotions_sell_more(history):
    market, lines = history.market, history.lines
    base = np.array([g.price for g in market.goods])
    cheap = (market.price < 0.88 * base) & market.on_sale
    ordinary = ~cheap & market.on_sale
    sold_cheap = np.bincount(lines.good[cheap[lines.day, lines.good]], minlength=len(base))
    sold = np.bincount(lines.good[ordinary[lines.day, lines.good]], minlength=len(base))
    expected = sold / ordinary.sum(axis=0) * cheap.sum(axis=0)  # at each product's own ordinary rate
    assert sold_cheap.sum() > 1.2 * expected.sum()


def test_cases_are_bought_for_the_phone_they_fit(history):
    fits = fitting(history.market)
    titles = [g.title for g in history.market.goods]
    iphone = next(n for n, t in enumerate(titles) if t.startswith("Apple iPhone 13 128"))
    assert {titles[n] for n in fits[iphone]} == {
        "Kestrel Shell Case for iPhone 13",
        "Hidewell Leather Wallet for iPhone 13",
    }
    later = defaultdict(set)
    for person, good in zip(history.lines.person, history.lines.good, strict=True):
        later[int(person)].add(int(good))
    owners = [bought for bought in later.values() if bought & fits.keys()]
    fitting_case = sum(
        any(case in bought for phone in bought & fits.keys() for case in fits[phone]) for bought in owners
    )
    assert fitting_case > 0.25 * len(owners)


def test_people_come_back_to_their_departments_and_consumables_are_bought_again(history):
    market, lines = history.market, history.lines
    top_of = [g.top for g in market.goods]
    by_person = defaultdict(Counter)
    for person, good in zip(lines.person, lines.good, strict=True):
        by_person[int(person)][top_of[good]] += 1
    busy = [c for c in by_person.values() if c.total() >= 10]
    assert np.mean([c.most_common(1)[0][1] / c.total() for c in busy]) > 0.33
    coffee = Counter(
        (int(p), int(g)) for p, g in zip(lines.person, lines.good, strict=True) if market.goods[g].kind == "coffee-tea"
    )
    assert np.mean([n > 1 for n in coffee.values()]) > 0.3


def test_reviews_are_varied_and_fit_product_and_stars(history):
    texts = Counter(r.text for r in history.reviews)
    assert len(texts) > 0.75 * len(history.reviews)
    assert not any("{" in text for text in texts)
    stars = Counter(r.rating for r in history.reviews)
    assert set(stars) == {1, 2, 3, 4, 5}
    assert stars[5] > stars[3] > stars[1]
    quality = history.market.quality
    good = np.mean([r.rating for r in history.reviews if quality[r.good] > 0.8])
    bad = np.mean([r.rating for r in history.reviews if quality[r.good] < -0.8])
    assert good > bad + 0.5


def test_sentences_limited_to_some_products_are_kept_to_them():
    phrases, rng = read_phrases(), np.random.default_rng(3)
    by_title = {g.title: g for g in goods()}
    food, post = by_title["Mewsly Dry Food Poultry 4 kg"], by_title["Mewsly Scratching Post 70 cm"]
    said = {
        n: " ".join(compose(phrases, g, "product", r, False, rng) for r in (1, 2, 3) for _ in range(80))
        for n, g in (("food", food), ("post", post))
    }
    assert "Wobbles" not in said["food"]
    assert "Wobbles" in said["post"]


def test_some_searches_are_chinese(history):
    queries = [v.query for v in history.visits if v.kind == "search"]
    chinese = sum(any("\u4e00" <= c <= "\u9fff" for c in q) for q in queries)
    assert 0.05 < chinese / len(queries) < 0.3


@pytest.fixture
def small(db):
    load_catalogue()
    return write_history(seed=7, customers=60, days=200)


def test_everything_written_is_labelled(small):
    assert (
        small["orders"]
        == Order.objects.filter(is_simulated=True, source="simulation").count()
        == Order.objects.count()
    )
    assert small["customers"] == Profile.objects.filter(is_simulated=True).count() == 60
    assert small["reviews"] == Review.objects.filter(is_simulated=True).count()
    assert small["visits"] == VisitLog.objects.filter(is_simulated=True).count()
    assert small["stock-outs"] == StockOut.objects.count()
    assert {"en", "zh-hans"} == set(Profile.objects.values_list("language", flat=True))
    assert 0 < Profile.objects.filter(wants_news=True).count() < 60


def test_nobody_simulated_can_log_in(small):
    assert not any(user.has_usable_password() for user in get_user_model().objects.filter(profile__is_simulated=True))


def test_totals_lines_and_stock_agree(small):
    orders = Order.objects.annotate(sum=Sum(F("lines__quantity") * F("lines__unit_price")), n=Count("lines"))
    assert all(order.n and order.sum == order.total for order in orders)
    assert Order.objects.filter(placed_at__gt=datetime.now(UTC)).count() == 0
    today = datetime.now(UTC).date()
    assert not Product.objects.filter(stock_outs__last_day=today, stock__gt=0).exists()
    assert OrderLine.objects.filter(quantity__lt=0).exists()
    for span in StockOut.objects.all():
        sold = OrderLine.objects.filter(product=span.product_id, quantity__gt=0)
        assert not sold.filter(order__placed_at__date__range=(span.first_day, span.last_day)).exists()


@pytest.mark.django_db
def test_the_command_runs_once_and_resets_on_request(capsys):
    with pytest.raises(CommandError, match="load_demo_catalogue"):
        call_command("simulate_history")
    load_catalogue()
    call_command("simulate_history", customers=30, days=60)
    before = list(Order.objects.order_by("number").values_list("number", "total"))
    call_command("simulate_history", customers=30, days=60)
    assert "--reset" in capsys.readouterr().out
    assert list(Order.objects.order_by("number").values_list("number", "total")) == before
    call_command("simulate_history", customers=30, days=60, seed=8, reset=True)
    after = list(Order.objects.order_by("number").values_list("number", "total"))
    assert after and after != before


def test_removing_leaves_no_trace_and_spares_real_customers(small):
    real = get_user_model().objects.create_user("real")
    order = Order.objects.create(number="A1", user=real, placed_at=datetime.now(UTC))
    remove_history()
    assert list(Order.objects.all()) == [order]
    assert list(get_user_model().objects.all()) == [real]
    for model in (Review, VisitLog, StockOut, Profile):
        assert not model.objects.filter(**({"user": real} if model is Profile else {})).exists()
