import numpy as np
import pytest
from scipy import sparse

from retail_ai.engine import ridge


def test_the_inverse_is_what_numpy_says(monkeypatch):
    monkeypatch.setattr(ridge, "_BLOCK", 4)
    rows = np.random.default_rng(0).normal(size=(30, 11)).astype("f4")
    gram = rows.T @ rows
    found = ridge.inverse(sparse.csr_matrix(gram), 2.0)
    assert np.allclose(found, np.linalg.inv(gram + 2 * np.eye(11)), atol=1e-5)
    assert found.flags.c_contiguous


def test_no_ridge_on_a_singular_matrix_is_refused_and_nothing_is_no_error():
    with pytest.raises(ValueError, match="ridge"):
        ridge.inverse(sparse.csr_matrix((3, 3), dtype=np.float32), 0.0)
    assert ridge.inverse(sparse.csr_matrix((0, 0), dtype=np.float32), 1.0).shape == (0, 0)


def test_threads_follow_what_is_allowed(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    assert ridge.threads() == 1
    monkeypatch.setenv("OMP_NUM_THREADS", "many")
    assert ridge.threads() >= 1


def test_sparse_by_dense_is_the_same_in_strips_of_rows_and_of_columns(monkeypatch):
    monkeypatch.setattr(ridge, "_NARROW", 3)
    rng = np.random.default_rng(0)
    left = sparse.random(23, 11, 0.3, format="csr", dtype=np.float32, random_state=0)
    right = rng.normal(size=(11, 8)).astype("f4")
    for product in (ridge.rows_product, ridge.spread_product):
        assert np.allclose(product(left, right), left @ right, atol=1e-6)
        assert product(left[:0], right).shape == (0, 8) and product(left, right[:, :0]).shape == (23, 0)
