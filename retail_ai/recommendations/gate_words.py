"""Says in words what the gate decided and what was left out in cleaning. Decides nothing."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _later

from retail_ai.engine.gate import FEWEST_PEOPLE, Judgement, Verdict

RIVALS = {"popularity": _later("popularity"), "in_service": _later("the release in service")}
LEFT_OUT = {
    "unknown_products": _later("of products that the shop does not have"),
    "from_the_future": _later("dated in the future"),
    "without_a_date": _later("without a believable date"),
    "returned": _later("purchases that were sent back"),
    "test_accounts": _later("people of the shop's own staff (test accounts)"),
    "bots": _later("visitors with more events than a person makes"),
    "duplicates": _later("recorded twice"),
    "repeats_in_a_row": _later("of the same product again at one visit"),
    "older_than_the_newest": _later("old ones of very long histories"),
    "very_large_baskets": _later("orders too large to say what goes together"),
}


def judgement_notes(judgement: Judgement) -> Iterator[str]:
    """A sentence for each rival, or what is missing to judge."""
    if not judgement.enough:
        yield _("Only %(people)d people did something new in the newest days; %(least)d are needed to judge.") % {
            "people": judgement.people,
            "least": FEWEST_PEOPLE,
        }
        return
    yield from map(_against, judgement.verdicts)


def cleaning_notes(dropped: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each reason for which something was not learned from."""
    for reason, count in dropped.items():
        what = _(LEFT_OUT[reason]) if reason in LEFT_OUT else reason
        yield _("Left out: %(count)d %(what)s.") % {"count": count, "what": what}


def _against(verdict: Verdict) -> str:
    numbers = {
        "rival": _(RIVALS.get(verdict.rival, verdict.rival)),
        "difference": verdict.difference,
        "low": verdict.interval[0],
        "high": verdict.interval[1],
        "sure": round(100 * verdict.sure),
    }
    if verdict.passed and verdict.difference > 0:
        text = _("Better than %(rival)s: NDCG@10 %(difference)+.4f (%(low)+.4f to %(high)+.4f), %(sure)d %% sure.")
    elif verdict.passed:
        text = _("No worse than %(rival)s, and of newer data.")
    elif verdict.difference > 0:
        text = _("Perhaps better than %(rival)s, but only %(sure)d %% sure: NDCG@10 %(difference)+.4f.")
    else:
        text = _("No better than %(rival)s: NDCG@10 %(difference)+.4f (%(low)+.4f to %(high)+.4f).")
    return text % numbers
