"""The search benchmark reads what others' files hold, and its tuning learns on other queries than it is scored on."""

from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import _search_tuning
from benchmarks._search_setup import grade_of, tidy
from benchmarks.search import drawn, read_judgements
from retail_ai.engine.features import names


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("2", 2.0),
        (" 1.5 ", 1.5),
        ("Exact", 3.0),
        ("Irrelevant", 0.0),
        ("", 0.0),
        (None, None),
        ("nan", None),
        ("?", None),
    ],
)
def test_grades_are_numbers_or_the_words_of_known_sets(text, grade):
    assert grade_of(text) == grade


def test_judgements_with_words_percentages_and_broken_lines(tmp_path):
    file = tmp_path / "judgements.csv"
    file.write_text("query,product_id,grade\nlamp,1,100\nlamp,2,50\nlamp,9,100\n,1,3\nsofa,2,Irrelevant\nlamp,1\n")
    assert read_judgements(file, {"1": 11, "2": 12}) == {"lamp": {11: 3.0, 12: 1.5}}


def test_a_product_with_little_or_odd_facts_is_tidied():
    assert tidy({"id": 7}) == {"id": 7, "category": "", "attributes": {}, "price_cents": 1}
    odd = {
        "id": 8,
        "category": ["Home", "Lamps"],
        "attributes": [{"name": "colour", "value": "red"}, 3],
        "price_cents": "x",
    }
    assert tidy(odd) == {"id": 8, "category": "Lamps", "attributes": {"colour": "red"}, "price_cents": 1}


def test_so_many_queries_are_drawn_always_the_same():
    many = {f"query {n}": {n: 1.0} for n in range(50)}
    assert len(drawn(many, 20)) == 20 and drawn(many, 20) == drawn(many, 20)
    assert drawn(many, 50) is many


def test_tuning_finds_what_tells_right_from_wrong():
    shown, rng = names(1), np.random.default_rng(0)
    lists = []
    for _ in range(12):
        matrix = rng.random((30, len(shown)))
        best = int(np.argmax(matrix[:, shown.index("shelf_clear")]))
        evidence = SimpleNamespace(names=shown, matrix=matrix, keys=list(range(30)))
        lists.append(_search_tuning._List(evidence, {best: 3.0}))
    before = _search_tuning._mean(lists, [_search_tuning.START.get(kind, 0.0) for kind in lists[0].kinds])
    weights, reached = _search_tuning.tune(lists)
    assert weights["shelf_clear"] > max(weights["words_best"], weights["cosine_best"]) and reached > before + 0.2
