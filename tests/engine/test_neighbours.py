import numpy as np
from scipy import sparse

from retail_ai.engine.linear_settings import Settings
from retail_ai.engine.neighbours import strongest, together
from retail_ai.engine.sequential_linear import fit


def test_together_needs_support_and_more_than_chance():
    baskets = [np.array(row) for row in [[0, 1]] * 5 + [[2, 3]] * 4 + [[0, 4]] + [[2]] * 3]
    links = together(baskets, 5)
    assert {(s, t) for s, t in zip(links.sources.tolist(), links.targets.tolist(), strict=True)} == {
        (0, 1), (1, 0), (2, 3), (3, 2),
    }  # fmt: skip
    assert links.support.max() == 5


def test_what_everyone_buys_goes_with_nothing_in_particular():
    baskets = [np.array([0, item]) for item in (1, 1, 2, 2, 3, 3)]
    assert len(together(baskets, 4).sources) == 0


def test_the_short_lists_score_as_the_model_does_when_they_hold_all_of_it():
    walks = [np.array(row) for row in [[0, 1, 2]] * 9 + [[2, 0]] * 3]
    model = fit(walks, 3, Settings(ridge=1.0))
    links = strongest(model.linked, walks, 3, k=2)
    past = [np.array([0, 1])]
    assert (
        links.score(past, kernel=[0.8**age for age in range(30)]).argmax() == model.score(past)[0, [0, 1, 2]].argmax()
    )
    assert (links.scores > 0).all() and set(links.support.tolist()) <= {9, 12}


def test_no_baskets_and_no_histories_are_no_errors():
    links = together([], 3)
    assert len(links.sources) == 0
    assert links.score([np.array([], dtype=int)], kernel=[0.8**age for age in range(30)]).shape == (1, 3)
    assert links.score([], kernel=[0.8**age for age in range(30)]).shape == (0, 3)


def test_a_model_that_links_nothing_gives_no_neighbours():
    found = strongest(lambda items: np.zeros((len(items), 4), np.float32), [np.array([0, 1])], 4)
    assert len(found.sources) == len(found.support) == 0


def test_sparse_rows_give_the_same_links_as_dense_ones():
    rng = np.random.default_rng(0)
    rows = sparse.random(30, 30, 0.3, format="csr", rng=rng, data_rvs=lambda n: rng.normal(size=n)).astype("f4")
    walks = [np.array([item, (item + 1) % 30]) for item in range(30)]
    dense = strongest(lambda items: rows[items].toarray(), walks, 30, k=4)
    thin = strongest(lambda items: rows[items], walks, 30, k=4)
    for name in ("sources", "targets", "scores", "support"):
        assert np.array_equal(getattr(dense, name), getattr(thin, name))
    assert not (dense.sources == dense.targets).any()
    whole = np.where(np.eye(30) > 0, 0, np.maximum(rows.toarray(), 0))
    out_of, into = (np.argsort(np.argsort(-whole, axis=axis), axis=axis) < 4 for axis in (1, 0))
    wanted = set(zip(*np.nonzero((out_of | into) & (whole > 0)), strict=True))
    assert set(zip(dense.sources.tolist(), dense.targets.tolist(), strict=True)) == wanted


def test_an_item_that_is_nobodys_strongest_is_found_by_the_links_into_it():
    rows = np.array([[0, 3, 2, 1], [3, 0, 2, 0.5], [3, 2, 0, 0.9], [1, 1, 1, 0]], dtype=np.float32)
    found = strongest(lambda items: rows[items], [np.arange(4)], 4, k=1)
    assert (3 in found.targets) and found.sources[found.targets == 3].tolist() == [0]
    assert found.support.tolist() == [1] * len(found.sources)
