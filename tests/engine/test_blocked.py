import numpy as np
import pytest
from scipy import sparse

from retail_ai.engine import blocked
from retail_ai.engine.blocked import BlockedInverse


@pytest.fixture(autouse=True)
def hardly_filled(monkeypatch):
    """Small matrices are filled further than a shop's."""
    monkeypatch.setattr(blocked, "FULL", 1.1)


def gram(size, people, rare):
    rng = np.random.default_rng(0)
    odds = np.where(np.arange(size) < size // 3, 0.2, rare)
    had = (rng.random((people, size)) < odds).astype("f4")
    return sparse.csr_matrix(had.T @ had)


def solved(operator, right):
    return np.concatenate([columns for _, columns in operator.columns(sparse.csc_matrix(right), 7)], axis=1)


def test_with_every_item_in_the_head_it_is_the_exact_inverse():
    matrix, right = gram(30, 200, 0.02), np.eye(30, dtype="f4")
    exact = np.linalg.inv(matrix.toarray() + 20 * np.eye(30))
    assert np.allclose(solved(BlockedInverse(matrix, 20.0, 30), right), exact, atol=1e-6)


def test_a_long_tail_is_solved_to_first_order():
    matrix, right = gram(60, 300, 0.01), np.eye(60, dtype="f4")
    exact = np.linalg.inv(matrix.toarray() + 40 * np.eye(60))
    operator = BlockedInverse(matrix, 40.0, 20)
    assert len(operator.head) == 20
    assert abs(solved(operator, right) - exact).max() < 0.01 * exact.max()


def test_the_head_grows_where_the_tail_is_no_tail():
    matrix = gram(40, 400, 0.2)
    operator = BlockedInverse(matrix, 1.0, 5)
    assert len(operator.head) == 40


def test_where_the_head_may_not_grow_the_tail_learns_more_cautiously_instead(monkeypatch):
    monkeypatch.setattr(blocked, "MOST_HEAD", 12)
    matrix = gram(40, 400, 0.2)
    operator = BlockedInverse(matrix, 1.0, 5)
    assert len(operator.head) == 12
    found, exact = solved(operator, np.eye(40, dtype="f4")), np.linalg.inv(matrix.toarray() + np.eye(40))
    assert (np.linalg.eigvalsh((found + found.T) / 2) > 0).all()
    assert np.corrcoef(found[operator.head].ravel(), exact[operator.head].ravel())[0, 1] > 0.9


def test_a_matrix_that_is_filled_is_solved_exactly_whatever_the_head(monkeypatch):
    monkeypatch.setattr(blocked, "FULL", 0.03)
    matrix, right = gram(60, 300, 0.01), np.eye(60, dtype="f4")
    operator = BlockedInverse(matrix, 40.0, 20)
    assert np.allclose(solved(operator, right), np.linalg.inv(matrix.toarray() + 40 * np.eye(60)), atol=1e-6)
    assert np.allclose(operator.head_columns(slice(3, 5)), solved(operator, right)[:, 3:5], atol=1e-6)


def test_no_ridge_on_a_singular_matrix_is_refused_and_nothing_is_no_error():
    with pytest.raises(ValueError, match="ridge"):
        BlockedInverse(sparse.csr_matrix((3, 3), dtype="f4"), 0.0, 1)
    assert solved(BlockedInverse(sparse.csr_matrix((0, 0), dtype="f4"), 1.0, 5), np.zeros((0, 3), "f4")).shape == (
        0,
        3,
    )
