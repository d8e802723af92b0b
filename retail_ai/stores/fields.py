"""Foreign keys to the shop's product, whatever its model and key type. Migrations name no model: the setting does."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


def product_model_name() -> str:
    """The setting's value. Raises ImproperlyConfigured, which says what to set, where there is none."""
    name = getattr(settings, "RETAIL_AI_PRODUCT_MODEL", None)
    if not isinstance(name, str) or name.count(".") != 1:
        raise ImproperlyConfigured(
            f"RETAIL_AI_PRODUCT_MODEL is {name!r}. Name your shop's product model in the settings: "
            'RETAIL_AI_PRODUCT_MODEL = "catalogue.Product"'
        )
    return name


class ProductForeignKey(models.ForeignKey):  # type: ignore[type-arg]
    """A real foreign key to ``settings.RETAIL_AI_PRODUCT_MODEL`` whose migrations fit any shop."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("to", None)
        kwargs.setdefault("on_delete", models.CASCADE)
        super().__init__(product_model_name(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("to", None)
        return name or "", path, list(args), kwargs


class ProductOneToOneField(models.OneToOneField):  # type: ignore[type-arg]
    """As ProductForeignKey, with at most one row a product."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("to", None)
        kwargs.setdefault("on_delete", models.CASCADE)
        super().__init__(product_model_name(), **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("to", None)
        return name or "", path, list(args), kwargs
