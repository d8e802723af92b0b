import numpy as np
import pytest

from retail_ai.engine.features import names
from retail_ai.engine.phrases import head_of, is_aside, is_purpose, split_purpose, things_of
from retail_ai.engine.relevance import cold_start, fit_linear, fits, ndcg_at


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("case for iPhone 13", "case"),
        ("Zelt für zwei Personen", "Zelt"),
        ("zapatillas para correr", "zapatillas"),
        ("给狗吃的零食", "零食"),
        ("running shoes", "running shoes"),
        ("for", "for"),
        (" for two", "for two"),
        ("的", "的"),
        ("", ""),
    ],
)
def test_the_thing_without_its_purpose(query, thing):
    assert head_of(query) == thing


def test_a_title_is_split_once():
    assert split_purpose("Leather Wallet for Galaxy S22 for men") == ("Leather Wallet", "Galaxy S22 for men")


@pytest.mark.parametrize(
    ("shelf", "things"),
    [
        ("Phone Cases", ["Cases"]),
        ("Coffee Makers & Kettles", ["Makers", "Kettles"]),
        ("手机壳", ["手机壳"]),
        ("Cases for phones", ["Cases"]),
        (" & ", []),
    ],
)
def test_what_stands_on_a_shelf(shelf, things):
    assert things_of(shelf) == things


@pytest.mark.parametrize(
    ("thing", "shelf", "aside"),
    [
        ("mobile phone", "Phone Cases", True),
        ("phone case", "Phone Cases", False),
        ("coffee", "Coffee & Tea", False),
        ("coffee machine", "Coffee Makers & Kettles", False),
        ("tent", "Phone Cases", False),
        ("", "Phone Cases", False),
    ],
)
def test_a_shelf_only_named_after_the_thing(thing, shelf, aside):
    assert is_aside(thing, shelf) is aside


@pytest.mark.parametrize(("name", "purpose"), [("compatible with", True), ("适用型号", True), ("form", False)])
def test_attributes_that_say_what_a_thing_goes_with(name, purpose):
    assert is_purpose(name) is purpose


NAMES = names(1)


def matrix(**values):
    row = np.zeros((1, len(NAMES)))
    for name, value in values.items():
        row[0, NAMES.index(name)] = value
    return row


@pytest.mark.parametrize(
    ("said", "cosine", "shelf", "on_shelf", "enough"),
    [
        (1, 0, 0, True, True), (0, 0.25, 0.6, True, True), (0.6, 0.2, 0.1, True, True), (0.2, 0, 0, False, True),
        (0, 0.22, 0.33, True, False), (0.43, 0.23, 0.1, True, False), (0, 0.1, 0, False, False),
    ],
)  # fmt: skip
def test_what_says_the_query_or_is_like_it_fits(said, cosine, shelf, on_shelf, enough):
    row = matrix(said=said, cosine_0=cosine, shelf=shelf)
    assert fits(row, NAMES, on_shelf=np.array([on_shelf]))[0] == enough


def test_a_shelf_named_after_the_thing_stands_back():
    phone, case = (matrix(said=1, cosine_0=0.3, shelf=0.6, aside=aside) for aside in (0, 1))
    ranker = cold_start(NAMES)
    assert ranker.score(phone, NAMES)[0] > ranker.score(case, NAMES)[0]


def test_weights_learn_what_shoppers_want_and_few_queries_do_no_harm():
    rng = np.random.default_rng(0)
    lists = [rng.normal(size=(30, len(NAMES))) for _ in range(60)]
    wanted = NAMES.index("in_brand")
    gains = [(one[:, wanted] > 1).astype(float) for one in lists]
    learnt = fit_linear(lists, gains, NAMES).weights
    assert learnt["in_brand"] > 1 > abs(learnt["in_text"])
    assert fit_linear(lists[:1], [np.zeros(30)], NAMES) == cold_start(NAMES)


def test_ndcg_of_known_orders():
    assert ndcg_at(["a", "b"], {"a": 3, "b": 1}) == 1
    assert ndcg_at(["x", "a"], {"a": 1}) == pytest.approx(1 / np.log2(3))
    assert ndcg_at(["a"], {"a": 0}) == 0
