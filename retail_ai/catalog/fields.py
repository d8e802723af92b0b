"""A column type that Django has none for."""

from typing import Any

from django.db import models


class RealField(models.FloatField):  # type: ignore[type-arg]
    """A number of single precision: half the room, where there are millions of rows."""

    def db_type(self, connection: Any) -> str:
        return "real"
