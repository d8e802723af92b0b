"""Errors that the app raises on purpose; each says what is wrong and what mends it."""


class RetailAIError(Exception):
    """Base of every error the app raises on purpose."""


class ConfigurationError(RetailAIError):
    """A setting is missing or wrong; the message names the key and a working value."""


class MissingPackage(ConfigurationError):
    """A backend needs a package that is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__(
            f"The Python package '{package}' is not installed. "
            f"Install it with: pip install 'django-retail-ai[{extra}]'"
        )
        self.package = package
        self.extra = extra


class BackendUnavailable(RetailAIError):
    """A backend is configured rightly but cannot work now (no weights, server down); the message says why."""


class InvalidInput(RetailAIError, ValueError):
    """What a caller handed in cannot be used; the message says what was wrong with what."""
