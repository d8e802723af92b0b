"""Teaches the shop's search its order from what shoppers clicked and bought after their searches.

Earlier searches say what is chosen for which words (a feature), later ones say how right an order is (the grades), and
``choose`` validates on words that it has not learned from: so neither is tested on what it was made of. Only products
that were shown are compared, as of others nobody knows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from retail_ai.backends.rerankers.choosing import ENOUGH, Judged
from retail_ai.catalog.clicks import strengths
from retail_ai.catalog.evidence import Evidence
from retail_ai.catalog.learning import learn_from
from retail_ai.catalog.models import SearchRanker
from retail_ai.catalog.retrieval import gather
from retail_ai.engine.click_gains import Showing, gains, grade
from retail_ai.exceptions import RetailAIError
from retail_ai.stores import get_store

# The share of searches, the earliest, that says what is chosen.
EARLIER = 0.6
# The words most often searched for that are learned from.
MOST_QUERIES = 1_500


class TooFewChoices(RetailAIError):
    """Shoppers have not clicked enough yet to learn from; says how many different searches could be."""

    def __init__(self, usable: int) -> None:
        text = _(
            "Too little to learn from: %(usable)d different searches have hits that were chosen beside hits that were"
            " not, and %(needed)d are needed. Nothing has changed."
        )
        super().__init__(text % {"usable": usable, "needed": ENOUGH})


def learn_from_showings(showings: Sequence[Showing]) -> SearchRanker:
    """Learn; the new order serves where it passes the gate. Raises TooFewChoices, and then nothing has changed."""
    judged = judge_showings(showings)
    if len(judged) < ENOUGH:
        raise TooFewChoices(len(judged))
    seen = {
        "searches": len(showings), "clicks": sum(len(one.clicked) for one in showings),
        "purchases": sum(len(one.bought) for one in showings),
    }  # fmt: skip
    return learn_from(judged, source=SearchRanker.Source.SHOPPERS, seen=seen)


def told(ranker: SearchRanker) -> str:
    """What came of learning, in a sentence."""
    report = ranker.report
    if not report["passed"]:
        return str(_("Nothing was clearly better than the order that every shop starts with. Nothing has changed."))
    gain, error = report["gains"][report["kind"]]
    text = _("The order “%(kind)s” serves: NDCG@10 %(gain)+.3f ± %(error).3f on searches it had not seen.")
    return str(text % {"kind": report["kind"], "gain": gain, "error": error})


def judge_showings(showings: Sequence[Showing]) -> list[Judged]:
    """A shortlist of what was shown, with grades, for all words after which some products were chosen and some not."""
    cut = int(len(showings) * EARLIER)
    known, later = strengths(showings[:cut]), gains(showings[cut:])
    often: dict[str, int] = {}
    for one in showings[cut:]:
        often[one.words] = often.get(one.words, 0) + 1
    products = get_store().visible()
    judged = []
    for words in sorted(later, key=lambda words: (-often[words], words))[:MOST_QUERIES]:
        if any(later[words].values()):
            evidence, _mended = gather(words, products, [])
            judged += _judge(words, evidence, later[words], known.get(words, {}))
    return judged


def _judge(words: str, evidence: Evidence, later: Mapping[Any, float], known: Mapping[Any, float]) -> list[Judged]:
    places = [i for i, key in enumerate(evidence.keys) if key in later]
    keys = [evidence.keys[i] for i in places]
    grades = np.array([grade(later[key]) for key in keys])
    if len(keys) < 2 or not grades.any() or grades.all():
        return []
    matrix = np.array(evidence.matrix[places])
    matrix[:, evidence.names.index("chosen")] = [known.get(key, 0.0) for key in keys]
    whole = evidence.shortlist(words)
    shortlist = replace(whole, texts=[whole.texts[i] for i in places], matrix=matrix)
    return [Judged(shortlist, grades, tuple(sorted((g for g in grades.tolist() if g > 0), reverse=True)))]
