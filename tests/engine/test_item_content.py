import numpy as np
from scipy import sparse

from retail_ai.engine.item_content import content_from_arrays, from_attributes, from_vectors


def dense(content):
    return np.asarray(content.vectors.todense() if sparse.issparse(content.vectors) else content.vectors)


def test_a_rare_attribute_in_common_makes_more_alike_than_a_common_one():
    content = from_attributes([[1, 2], [1], [2], [2], [2], [7]])
    first = content.score(sparse.csr_matrix(np.eye(6, dtype=np.float32)))[0]
    assert first[1] > first[2] > first[5] == 0
    assert abs(first[0]) < 1e-6  # an item does not speak for itself


def test_past_items_add_up_by_their_weight():
    content = from_attributes([[0], [0], [1], [1]])
    scores = content.score(sparse.csr_matrix(np.array([[1, 0, 0.5, 0]], dtype=np.float32)))
    assert np.allclose(scores, [[0, 1, 0, 0.5]])


def test_what_all_texts_share_is_taken_away_and_no_text_stays_nothing():
    vectors = np.array([[1, 0.1], [1, 0.1], [1, -0.1], [0, 0]], dtype=np.float32)
    scores = from_vectors(vectors).score(sparse.csr_matrix(np.eye(4, dtype=np.float32)))
    assert scores[0, 1] > 0.99 and scores[0, 2] < -0.99
    assert not scores[3].any() and not scores[:, 3].any()


def test_spread_is_the_root_mean_square_between_different_items():
    for content in (
        from_attributes([[0], [0, 1], [1], []]),
        from_vectors(np.random.default_rng(0).normal(size=(4, 3))),
    ):
        rows = dense(content)
        cosines = rows @ rows.T
        np.fill_diagonal(cosines, 0)
        assert np.isclose(content.spread(), np.sqrt((cosines**2).sum() / 12), atol=1e-6)
    assert from_attributes([[], []]).spread() == 0


def test_it_survives_as_plain_arrays():
    for content in (from_attributes([[0, 3], [3]]), from_vectors(np.eye(3, dtype=np.float32))):
        again = content_from_arrays(content.arrays())
        assert np.array_equal(dense(again), dense(content))
    assert content_from_arrays({}) is None
