import numpy as np

from retail_ai.engine.cleaning import MOST_AN_HOUR, MOST_DEEDS, Deed, clean

NOW, DAY = 1_700_000_000.0, 86_400.0
NUMBER = {"tent": 0, "stove": 1, "lamp": 2}


def deed(person="a", product="tent", kind="view", order="", ago=10.0):
    return Deed(person, product, kind, order, NOW - ago * DAY)


def dropped(*deeds, **more):
    return dict(clean(deeds, NUMBER, now=NOW, **more).dropped)


def test_each_reason_is_counted_and_the_rest_is_kept():
    assert dropped(deed(product="gone")) == {"unknown_products": 1}
    assert dropped(deed(ago=-1)) == {"from_the_future": 1}
    assert dropped(deed(ago=-0.001)) == {}  # a clock may be a little fast
    assert dropped(Deed("a", "tent", "view", "", 0.0), Deed("a", "tent", "view", "", float("nan"))) == {
        "without_a_date": 2
    }
    assert dropped(deed(kind="purchase"), deed(), returned={("a", "tent")}) == {"returned": 1}
    assert dropped(deed(), deed(product="lamp"), deed("b"), testers={"a"}) == {"test_accounts": 1}
    assert dropped(deed(), deed()) == {"duplicates": 1}
    assert dropped(deed(), deed(ago=9.9)) == {"repeats_in_a_row": 1}
    assert dropped(deed(), deed(ago=2)) == {}  # another visit


def test_bots_are_left_out_whole_and_buyers_are_no_bots():
    quick = [deed("bot", ("tent", "lamp")[n % 2], ago=1 + n / 100_000) for n in range(MOST_AN_HOUR + 1)]
    found = clean([*quick, deed("bot", kind="purchase", order="o1"), deed("b")], NUMBER, now=NOW)
    assert found.dropped["bots"] == 1 and len(found.sequences) == 1 and found.baskets == []
    trade = [deed("shop", ("tent", "lamp")[n % 2], "purchase", f"o{n}", 1 + n / 100_000) for n in range(450)]
    assert len(clean(trade, NUMBER, now=NOW).sequences[0]) == 450


def test_sequences_are_in_order_of_time_with_times_and_purchases():
    found = clean([deed(product="stove", kind="purchase", ago=1), deed(ago=3), deed("b", ago=2)], NUMBER, now=NOW)
    assert [items.tolist() for items in found.sequences] == [[0, 1], [0]]
    assert found.bought[0].tolist() == [False, True] and (np.diff(found.times[0]) > 0).all() and found.kept == 3


def test_very_long_histories_keep_their_newest_and_very_large_baskets_say_nothing():
    long = [deed(product=("tent", "lamp")[n % 2], kind="purchase", ago=5_000 - n) for n in range(MOST_DEEDS + 7)]
    found = clean(long, NUMBER, now=NOW)
    assert len(found.sequences[0]) == MOST_DEEDS and found.dropped["older_than_the_newest"] == 7
    many = {f"p{n}": n for n in range(101)}
    large = clean([deed(product=key, kind="purchase", order="o") for key in many], many, now=NOW)
    assert large.baskets == [] and large.dropped["very_large_baskets"] == 1


def test_nothing_is_no_error():
    found = clean([], NUMBER, now=NOW)
    assert (found.sequences, found.baskets, dict(found.dropped), found.kept) == ([], [], {}, 0)
