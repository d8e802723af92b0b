"""Reads JSON bodies that anybody may send: what nests too deep for Python is a bad request, not a server error."""

from collections.abc import Mapping
from typing import IO, Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser, FormParser, JSONParser, MultiPartParser


class CarefulJSONParser(JSONParser):
    """JSON whose arrays and objects nest as deep as Python can follow."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise ParseError(_("The JSON nests too deep.")) from error


class PlainTextJSONParser(CarefulJSONParser):
    """``navigator.sendBeacon`` posts a string as text/plain."""

    media_type = "text/plain"


# What an endpoint takes that is not for beacons.
PARSERS: list[type[BaseParser]] = [CarefulJSONParser, FormParser, MultiPartParser]
