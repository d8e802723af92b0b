"""What the figures of a release and its rows are called, and what each figure means, for the owner."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: dict[str, tuple[str | Promise, str | Promise]] = {
    "hr5": ("HR@5", _("share of people who chose one of the first 5")),
    "hr10": ("HR@10", _("share of people who chose one of the first 10")),
    "ndcg5": ("NDCG@5", _("how far up in the first 5 their choices stood; 1 is perfect")),
    "ndcg10": ("NDCG@10", _("how far up in the first 10 their choices stood; 1 is perfect")),
    "recall10": (_("recall@10"), _("share of their choices that stood in the first 10")),
    "tail_ndcg10": (_("NDCG@10 (tail)"), _("the same for choices outside the 20 % best-known products")),
    "coverage": (_("coverage"), _("share of all products that anyone was shown")),
    "novelty": (_("novelty"), _("surprise in bits: how rarely the shown products are had")),
    "tail_share": (_("tail share"), _("share of what is shown that is outside the 20 % best-known products")),
    "cold_share": (_("new products"), _("share of what is shown that nobody had had before")),
    "calibration": (_("calibration"), _("how far categories shown stray from a person's own; 0 is not at all")),
    "people": (_("people"), _("who did something in the newest weeks")),
}
ROWS: dict[str, str | Promise] = {
    "model": _("this release"),
    "whole": _("its model unshortened"),
    "in_service": _("in service"),
    "popularity": _("popularity"),
    "again_model": _("bought again: this release"),
    "again_own_history": _("bought again: own history"),
    "again_popularity": _("bought again: popularity"),
}


def figure_name(key: str) -> str:
    """``NDCG@10`` for ``ndcg10``."""
    return str(FIGURES[key][0]) if key in FIGURES else key


def row_name(key: str) -> str:
    """``this release`` for ``model``."""
    return str(ROWS.get(key, key))
