"""Errors that the app raises on purpose; each says what is wrong and what mends it."""


class RetailAIError(Exception):
    """Base of every error the app raises on purpose."""


class ConfigurationError(RetailAIError):
    """A setting is missing or wrong; the message names the key and a working value."""


class MissingPackage(ConfigurationError):
    """A backend needs a package that is not installed. ``extra`` is empty for what the app itself depends on."""

    def __init__(self, package: str, extra: str) -> None:
        wanted = f"'django-retail-ai[{extra}]'" if extra else "django-retail-ai"
        super().__init__(f"The Python package '{package}' is not installed. Install it with: pip install {wanted}")
        self.package = package
        self.extra = extra


class BackendUnavailable(RetailAIError):
    """A backend is configured rightly but cannot work now (no weights, server down); the message says why."""


class InvalidInput(RetailAIError, ValueError):
    """What a caller handed in cannot be used; the message says what was wrong with what."""
