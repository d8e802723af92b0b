"""Rerankers: what puts a search's candidates into order. Those that are trained are restored by their kind."""

from retail_ai.backends.rerankers.base import Reranker, Shortlist, TrainedReranker
from retail_ai.backends.rerankers.lambdamart import LambdaMART
from retail_ai.backends.rerankers.linear import LinearReranker
from retail_ai.exceptions import ConfigurationError

__all__ = ["LambdaMART", "LinearReranker", "Reranker", "Shortlist", "TrainedReranker", "restore_reranker"]
TRAINED: dict[str, type[TrainedReranker]] = {cls.name: cls for cls in (LinearReranker, LambdaMART)}


def restore_reranker(name: str, state: dict[str, object]) -> TrainedReranker:
    """The trained reranker whose ``state`` was kept. Raises ConfigurationError for a name that is not known."""
    if name not in TRAINED:
        raise ConfigurationError(f"No reranker is named '{name}'; known: {', '.join(sorted(TRAINED))}.")
    return TRAINED[name].restore(state)
