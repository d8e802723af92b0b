import numpy as np
import pytest
from scipy import sparse

from retail_ai.engine import blocked, blocked_rows
from retail_ai.engine.baselines import fit_ease
from retail_ai.engine.blocked import BlockedInverse
from retail_ai.engine.blocked_rows import strongest_rows

RIDGE = 40.0


@pytest.fixture
def had():
    rng = np.random.default_rng(0)
    odds = np.where(np.arange(80) < 25, 0.2, 0.02)
    return sparse.csr_matrix((rng.random((300, 80)) < odds).astype("f4"))


@pytest.fixture
def fixed_head(monkeypatch):
    monkeypatch.setattr(blocked, "MOST_HEAD", 30)
    monkeypatch.setattr(blocked_rows, "_HEAD_ROWS", 8)
    monkeypatch.setattr(blocked_rows, "_TAIL_ROWS", 20)
    monkeypatch.setattr(blocked_rows, "_PRODUCTS", 50)


def exact(gram, right, divisor):
    return np.linalg.solve(gram.toarray() + RIDGE * np.eye(80), right.toarray()) / divisor


def test_rows_are_those_of_the_exact_solution_where_there_is_evidence(had, fixed_head):
    gram = (had.T @ had).tocsr()
    right = sparse.csr_matrix(np.triu(gram.toarray(), 1))
    divisor = np.linspace(1, 3, 80, dtype="f4")
    inverse = BlockedInverse(gram, RIDGE, 30)
    found = strongest_rows(inverse, right, right, divisor).toarray()
    wanted = exact(gram, right, divisor)
    assert len(inverse.tail) == 50
    assert np.allclose(found[inverse.head], wanted[inverse.head], atol=2e-3)
    there = right.toarray()[inverse.tail] > 0
    assert np.allclose(found[inverse.tail][there], wanted[inverse.tail][there], atol=2e-3)
    assert not found[inverse.tail][~there].any()
    # What is left out is little.
    assert wanted[inverse.tail][~there].max() < 0.1 * wanted.max()


def test_so_many_of_each_row_are_kept_and_they_are_the_largest(had, fixed_head):
    gram = (had.T @ had).tocsr()
    ones = np.ones(80, dtype="f4")
    inverse = BlockedInverse(gram, RIDGE, 30)
    every, few = (strongest_rows(inverse, gram, gram, ones, row=row) for row in (80, 4))
    assert np.diff(few.indptr).max() == 4
    for item in (int(inverse.head[0]), int(inverse.tail[0])):
        amounts = np.sort(np.abs(every[item].data))[::-1]
        assert np.allclose(np.sort(np.abs(few[item].data))[::-1], amounts[:4])


def test_ease_of_a_large_catalogue_is_ease(had, fixed_head):
    rows = [np.flatnonzero(person) for person in had.toarray()]
    short, whole = fit_ease(rows, 80, RIDGE, dense_items=10).weights, fit_ease(rows, 80, RIDGE).weights
    assert sparse.issparse(short) and not short.diagonal().any()
    there = short.toarray() != 0
    assert there.mean() > 0.5 and np.allclose(short.toarray()[there], whole[there], atol=3e-3)


def test_nobody_and_nothing_are_no_errors():
    empty = sparse.csr_matrix((3, 3), dtype="f4")
    inverse = BlockedInverse(empty, 1.0, 1)
    assert strongest_rows(inverse, empty, empty, np.ones(3, dtype="f4")).nnz == 0
    assert fit_ease([], 5, dense_items=2).score([np.array([1])]).tolist() == [[0.0] * 5]
