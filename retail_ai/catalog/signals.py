"""Changes in the shop that must reach the index within seconds."""


def connect() -> None:
    """Listen to the shop's product model."""
