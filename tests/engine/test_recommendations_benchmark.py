"""What the recommendation benchmark reads, and what it says of files that it cannot."""

import gzip

import numpy as np
import pytest

from benchmarks._models import ours
from benchmarks._sequences import Malformed, measure, read, read_attributes
from benchmarks._transactions import read as read_sales


def test_ids_of_any_kind_are_numbered_in_order(tmp_path):
    path = tmp_path / "s.txt"
    path.write_bytes("\ufeffклиент b-1 b-2\r\n\nu2 b-2 产品\nu3\n".encode())
    rows, number = read(path)
    assert [row.tolist() for row in rows] == [[0, 1], [1, 2]] and list(number) == ["b-1", "b-2", "产品"]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"a b c\nc \xff d\n", "line 2: not UTF-8"), (b"", "none of 0 lines"), (b"a\n", "of 1 lines")],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(tmp_path, content, said):
    path = tmp_path / "s.txt"
    path.write_bytes(content)
    with pytest.raises(Malformed, match=said):
        read(path)


@pytest.mark.parametrize(("content", "said"), [('{"a": [],\n"b": [}', "line 2, column 7"), ("[1]", "not a list")])
def test_attributes_that_are_no_object_are_refused(tmp_path, content, said):
    path = tmp_path / "a.json"
    path.write_text(content)
    with pytest.raises(Malformed, match=said):
        read_attributes(path, {"a": 0})


def test_transactions_without_a_needed_column_are_refused(tmp_path):
    path = tmp_path / "t.csv.gz"
    with gzip.open(path, "wt") as lines:
        lines.write("invoice,product_id,title,quantity,price\n1,a,A,1,2\n")
    with pytest.raises(Malformed, match="line 1: no column customer_id, date"):
        read_sales(path)


def test_where_nothing_can_be_learned_what_is_popular_is_shown():
    rows = [np.array([item]) for item in (0, 0, 0, 1, 1, 2, 3)]
    models = ours(4, None, None)
    popular, *linear = (models[name](rows, None) for name in ("popularity", "sequential_linear", "served_links"))
    asked = [(np.array([3]), 0), (np.array([2]), 1)]
    wanted = measure(popular.score, asked, rows, 4)["ndcg10"]
    assert [measure(model.score, asked, rows, 4)["ndcg10"] for model in linear] == [wanted, wanted]
