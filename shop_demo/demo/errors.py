"""The demo's own clear refusals; every message says what to do."""


class DemoError(Exception):
    """The demo cannot go on; the message says why and what mends it."""
