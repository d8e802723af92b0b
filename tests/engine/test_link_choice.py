import numpy as np
import pytest

from retail_ai.engine.link_choice import MOST_READ, MOST_ROWS, audible, choose_links, is_affordable, length_of
from retail_ai.engine.neighbours import LINKS, Neighbours

NONE = np.zeros(0, np.int64)


def made(links):
    return Neighbours(10, NONE, NONE, np.full(links, 0.5, np.float32), NONE)


@pytest.mark.parametrize(
    ("heights", "links"),
    [
        ({40: 0.2, 80: 0.2005, 160: 0.3, 320: 0.4}, 40),
        ({40: 0.2, 80: 0.21, 160: 0.22, 320: 0.2201}, 160),
        ({40: 0.2, 80: 0.21, 160: 0.22, 320: 0.23}, 320),
        ({40: 0.2, 80: 0.1, 160: 0.3, 320: 0.3}, 40),
        ({40: 0.0, 80: 0.0, 160: 0.0, 320: 0.0}, 40),
    ],
)
def test_links_are_doubled_while_people_gain_by_it(heights, links):
    chosen = choose_links(made, lambda links: heights[len(links.scores)], 400, 5.0)
    assert (chosen.links, chosen.ndcg10) == (links, heights[links]) and len(chosen.neighbours.scores) == links


def test_more_links_than_can_be_paid_for_are_not_looked_for():
    def only_the_first(links):
        assert links == LINKS
        return made(links)

    choose_links(only_the_first, lambda _links: 0.1, MOST_ROWS, 5.0)
    choose_links(only_the_first, lambda _links: 0.1, 4_000, MOST_READ)
    assert is_affordable(160, 3_500, 40.0) and not is_affordable(160, 3_500, 60.0)
    assert not is_affordable(80, 100_000, 5.0)


def test_a_small_catalogue_can_keep_all_its_links():
    assert is_affordable(320, 190, 60.0)


def test_a_long_history_counts_each_product_once_and_no_more_than_are_weighed():
    assert length_of([np.array([1, 1, 2])], (1.0,) * 60) == 2
    assert length_of([np.arange(100)] * 10, (1.0,) * 60) == 60
    assert length_of([], (1.0,)) == 0


def test_what_is_not_heard_is_not_read():
    assert audible((1.0, 0.5, 0.0005, 0.0001)) == (1.0, 0.5)
    assert audible((4.0, 1.0, 1.0)) == (4.0, 1.0, 1.0)
    assert audible((0.0, 0.0)) == (0.0, 0.0)
    assert audible(()) == ()
