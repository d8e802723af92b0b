"""Imports optional packages on first use. A missing one becomes an error that names the pip extra."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from retail_ai.exceptions import MissingPackage


def require(module: str, *, extra: str) -> ModuleType:
    """The imported module, or MissingPackage naming the extra that brings it."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name and module.split(".")[0] == error.name.split(".")[0]:
            raise MissingPackage(error.name.split(".")[0], extra) from error
        raise


def missing(*modules: str, extra: str) -> list[str]:
    """One line for each of the packages that is not installed; imports none of them."""
    return [str(MissingPackage(module, extra)) for module in modules if find_spec(module) is None]
