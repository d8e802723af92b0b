"""Says in words what the gate decided and what was left out in cleaning. Decides nothing."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _later

from retail_ai.engine.gate import CERTAIN, FEWEST_PEOPLE, MARGIN, Judgement, Verdict

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


def judgement_notes(judgement: Judgement, challenger: Judgement | None = None) -> Iterator[str]:
    """What was decided, then a sentence for each rival, or what is missing to judge."""
    if not judgement.enough:
        yield _(
            "It does not serve by itself: only %(people)d people did something new in the newest days, and "
            "%(least)d are needed to judge. You may let it serve all the same."
        ) % {"people": judgement.people, "least": FEWEST_PEOPLE}
        return
    yield _headline(judgement)
    if challenger:
        yield _kept(challenger)
    yield from map(_against, judgement.verdicts)


def cleaning_notes(dropped: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each reason for which something was not learned from."""
    for reason, count in dropped.items():
        what = _(LEFT_OUT[reason]) if reason in LEFT_OUT else reason
        yield _("Left out: %(count)d %(what)s.") % {"count": count, "what": what}


def _headline(judgement: Judgement) -> str:
    if judgement.passed:
        text = _("It serves: it was judged by what %(people)d people chose in the newest days, which it had not seen.")
    else:
        text = _(
            "It does not serve by itself, as judged by what %(people)d people chose in the newest days, which it had "
            "not seen. You may let it serve all the same."
        )
    return text % {"people": judgement.people}


def _kept(challenger: Judgement) -> str:
    apart = next(verdict.difference for verdict in challenger.verdicts if verdict.rival == "in_service")
    return _(
        "Settings chosen anew did not beat those of the release in service (NDCG@10 %(difference)+.4f), so these were "
        "kept and taught the newest data."
    ) % {"difference": apart}


def _against(verdict: Verdict) -> str:
    return _sentence(verdict) % {
        "rival": _(RIVALS.get(verdict.rival, verdict.rival)),
        "difference": verdict.difference,
        "low": verdict.interval[0],
        "high": verdict.interval[1],
        "sure": _percent(verdict.sure),
        "hits": verdict.hits,
        "fewer": _percent(verdict.fewer),
        "margin": round(100 * MARGIN),
        "certain": round(100 * CERTAIN),
    }


def _percent(likely: float) -> int:
    """A sample is never wholly sure."""
    return min(99, round(100 * likely))


def _sentence(verdict: Verdict) -> str:
    if not verdict.better:
        return _("No better than %(rival)s: NDCG@10 %(difference)+.4f (%(low)+.4f to %(high)+.4f).")
    if not verdict.safe:
        return _(
            "Perhaps better than %(rival)s (NDCG@10 %(difference)+.4f, %(sure)d %% sure), but it may also be more "
            "than %(margin)d %% worse: more people are needed to tell."
        )
    if not verdict.keeps_hits:
        return _(
            "Choices stand higher than with %(rival)s (NDCG@10 %(difference)+.4f), but fewer people find any among "
            "the first ten (HR@10 %(hits)+.4f, %(fewer)d %% sure)."
        )
    if not verdict.difference:
        return _("No worse than %(rival)s, and of newer data.")
    if verdict.sure >= CERTAIN:
        return _("Better than %(rival)s: NDCG@10 %(difference)+.4f (%(low)+.4f to %(high)+.4f), %(sure)d %% sure.")
    return _(
        "Better than %(rival)s: NDCG@10 %(difference)+.4f (%(low)+.4f to %(high)+.4f), %(sure)d %% sure; and "
        "%(certain)d %% sure that it is not more than %(margin)d %% worse."
    )
