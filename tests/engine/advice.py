"""Reorder advice from plain figures, for tests."""

from retail_ai.engine.replenishment import Advice, Demand, Terms, advise_on


def advise(*, weekly, weekly_sd, stock, on_order=0, terms=None) -> Advice:
    return advise_on(Demand(weekly, weekly_sd), stock=stock, on_order=on_order, terms=terms or Terms())
