"""The transformer's training: cut off and taken up again, stopped early, begun from what is known of the items."""

import numpy as np
import pytest

from retail_ai.backends.recommenders import transformer_training
from retail_ai.backends.recommenders.transformer import TransformerRecommender

N_ITEMS = 20
TINY = {"width": 8, "blocks": 1, "heads": 1, "longest": 6, "batch": 16, "rate": 0.01, "device": "cpu", "negatives": 5}


def shoppers(people=60):
    starts = np.random.default_rng(0).integers(0, N_ITEMS, people)
    return [(start + np.arange(5)) % N_ITEMS for start in starts]


def looks():
    return np.random.default_rng(1).normal(size=(N_ITEMS, 6)).astype(np.float32)


def fitted(checkpoint=None, epochs=6, **options):
    made = TransformerRecommender(**{**TINY, "epochs": epochs, "patience": 9, **options}, checkpoint=checkpoint)
    return made.fit(shoppers(), n_items=N_ITEMS, vectors=looks())


def cut_off_after(monkeypatch, epochs):
    """The process is ended while it validates the epoch after so many."""
    whole, done = transformer_training.validate, []

    def validate(*given):
        if len(done) == epochs:
            raise KeyboardInterrupt
        done.append(1)
        return whole(*given)

    monkeypatch.setattr(transformer_training, "validate", validate)


def test_a_training_that_was_cut_off_goes_on_and_ends_as_if_it_had_not_been(tmp_path, monkeypatch):
    path, pasts = tmp_path / "training.pt", [np.array([3, 4]), np.array([7])]
    whole = fitted()
    with monkeypatch.context() as patch:
        cut_off_after(patch, 3)
        with pytest.raises(KeyboardInterrupt):
            fitted(str(path))
    assert path.exists()
    epochs = []
    batches = transformer_training.batches
    monkeypatch.setattr(
        transformer_training, "batches", lambda *a, seed: (epochs.append(seed), batches(*a, seed=seed))[1]
    )
    again = fitted(str(path))
    assert epochs == [3, 4, 5]  # the first three are not trained twice
    assert again.heights == whole.heights and np.array_equal(again.score(pasts), whole.score(pasts))
    assert not path.exists()


@pytest.mark.parametrize("other", [{"width": 4}, {"seed": 1}, {"dropout": 0.5}])
def test_a_checkpoint_of_another_training_is_not_gone_on_from(tmp_path, monkeypatch, other):
    path = tmp_path / "training.pt"
    with monkeypatch.context() as patch:
        cut_off_after(patch, 1)
        with pytest.raises(KeyboardInterrupt):
            fitted(str(path), epochs=2)
    assert fitted(str(path), epochs=2, **other).heights == fitted(epochs=2, **other).heights


def test_it_stops_when_epochs_bring_nothing_better_and_keeps_the_best(monkeypatch):
    heights = iter([0.1, 0.3, 0.2, 0.25, 0.9])
    monkeypatch.setattr(transformer_training, "validate", lambda *_: next(heights))
    assert fitted(epochs=9, patience=2).heights == [0.1, 0.3, 0.2, 0.25]


def test_embeddings_begin_where_the_vectors_say_and_at_random_where_nothing_is_known():
    from retail_ai.backends.recommenders.transformer_network import Network

    vectors = looks()
    vectors[1], vectors[2] = vectors[0], 0
    network = Network(N_ITEMS, width=8, blocks=1, heads=1, longest=6, dropout=0.0)
    before = network.items.weight.detach().clone()
    network.begin_with(vectors)
    after = network.items.weight.detach()
    assert np.allclose(after[0, :6], after[1, :6], atol=1e-6)
    assert not np.allclose(after[0, :6], after[3, :6], atol=1e-3)
    assert np.array_equal(after[2], before[2]) and not after[N_ITEMS].any()


def test_the_rate_rises_and_falls_with_what_is_done():
    paces = [transformer_training.pace(step, step / 1000) for step in range(1001)]
    assert paces[0] < 0.05 and max(paces) > 0.9 and 0 < paces[-1] < 0.02
    assert int(np.argmax(paces)) < 150
