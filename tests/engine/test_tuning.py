import numpy as np

from retail_ai.engine import tuning
from retail_ai.engine.item_content import from_attributes
from retail_ai.engine.sequential_linear import fit
from retail_ai.engine.tuning import START, held_out, tune
from retail_ai.engine.tuning_exam import climb
from retail_ai.engine.tuning_people import exam_of


def test_only_what_is_new_to_someone_with_a_past_is_asked_for():
    sequences = [np.array(row) for row in ([0, 1], [2], [0, 1, 0], [], [3, 4, 5])]
    assert sorted(held_out(sequences)) == [0, 4]
    assert len(held_out([np.array([0, 1])] * 50, people=10)) == 10


def test_too_little_to_choose_by_gives_the_usual_settings():
    tuned = tune([np.array([0]), np.array([1])], 2)
    assert tuned.tried == () and tuned.settings.decay == START.decay and tuned.settings.content == 0


def test_content_is_used_where_it_finds_what_nobody_had_before():
    # Everyone's last item is a new one, which only its attribute tells from the others.
    sequences = [np.array([kind, kind + 2, kind + 4 + 2 * (n % 5)]) for n in range(40) for kind in (0, 1)]
    content = from_attributes([[item % 2] for item in range(14)])
    tuned = tune(sequences, 14, content)
    assert tuned.settings.content + tuned.settings.smooth > 0
    assert tuned.best.ndcg10 > tune(sequences, 14).best.ndcg10


def test_content_that_tells_nothing_is_left_out():
    sequences = [np.array([n % 5, 5 + n % 5, 10 + n % 5]) for n in range(100)]
    sequences += [np.array([n % 5, 5 + n % 5, 10 + n % 5, 15 + n % 5]) for n in range(100)]
    nothing = from_attributes([[] for _ in range(20)])
    tuned = tune(sequences, 20, nothing)
    assert tuned.settings.content == 0
    assert tuned.best.ndcg10 == tune(sequences, 20).best.ndcg10


def test_the_same_data_gives_the_same_settings():
    rng = np.random.default_rng(0)
    sequences = [rng.permutation(12)[:4] for _ in range(60)]
    assert tune(sequences, 12, people=20) == tune(sequences, 12, people=20)


def test_a_large_shop_is_tuned_on_a_part_and_the_ridge_is_brought_to_the_whole(monkeypatch):
    rng = np.random.default_rng(0)
    sequences = [(rng.integers(40) + np.arange(5)) % 40 for _ in range(300)]
    content = from_attributes([[item % 7] for item in range(40)])
    whole = tune(sequences, 40, content, people=50)
    monkeypatch.setattr(tuning, "MOST_ITEMS", 15)
    monkeypatch.setattr(tuning, "MOST_PAIRS", 500)
    part = tune(sequences, 40, content, people=50)
    assert 0.1 < part.settings.ridge / whole.settings.ridge < 10 and part.best.ndcg10 > 0


def test_each_name_is_climbed_while_it_gets_better():
    found, height = climb(START, lambda s: -abs(s.recall - 0.42) - abs(s.content - 1.4), ("recall", "content"))
    assert (found.recall, found.content) == (0.4, 1.4) and np.isclose(height, -0.02)


def test_content_is_left_out_where_what_people_did_alone_does_better():
    def height(settings):
        # Each of the two looks needed while the other is there.
        return 2.0 if not settings.content and not settings.smooth else 1 - abs(settings.content - settings.smooth)

    found, reached = climb(START, height, ("content", "smooth", "recall"))
    assert (found.content, found.smooth, reached) == (0.0, 0.0, 2.0)


def test_items_of_one_moment_are_asked_for_together():
    sequences, times = [np.array([7, 8, 1, 2, 3]), np.array([4, 5])], [np.array([1.0, 1, 2, 2, 2]), np.array([1.0, 1])]
    exam = exam_of(sequences, times, 9, None, 9, 10, 0)
    assert [past.tolist() for past in exam.pasts] == [[7, 8]] and exam.targets[0] in (1, 2, 3)
    # Nobody is asked about a first order: it teaches.
    assert [walk.tolist() for walk in exam.train] == [[7, 8], [4, 5]]
    assert [own.tolist() for own in exam.times] == [[1, 1], [1, 1]]


def test_orders_whose_lines_are_in_any_order_are_not_tuned_to_guess_the_last_line():
    rng = np.random.default_rng(0)
    # An order is of one kind, and the next order is of the next kind; every kind has eight products.
    sequences = [
        np.concatenate([8 * ((kind + n) % 5) + rng.permutation(8)[:6] for n in range(3)])
        for kind in range(5) for _ in range(30)
    ]  # fmt: skip
    times = [np.repeat([1.0, 2, 3], 6)] * len(sequences)
    settings = tune(sequences, 40, times=times).settings
    scores = fit(sequences, 40, settings, times=times).score([np.arange(16)])[0]
    scores[:16] = -np.inf
    found = scores.argsort()[::-1]
    assert len(set(found[:8].tolist()) & set(range(16, 24))) >= 7


def test_content_that_tells_next_to_nothing_costs_nothing():
    rng = np.random.default_rng(4)
    sequences = [(rng.integers(5) + 5 * np.cumsum(1 + rng.integers(0, 2, 6))) % 60 for _ in range(200)]
    noise = from_attributes([[int(kind)] for kind in rng.integers(0, 6, 60)])
    with_noise, without = tune(sequences, 60, noise, moves=3), tune(sequences, 60, moves=3)
    assert with_noise.best.ndcg10 >= without.best.ndcg10 > 0
    assert len(with_noise.tried) > len(without.tried)
