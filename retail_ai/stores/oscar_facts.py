"""What a Django-oscar product states: attribute values of all twelve types, its children's too. And its description,
between the app's plain text and the HTML that Oscar's pages show as it is."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape, unescape
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.utils.html import strip_tags
from django.utils.text import normalize_newlines
from oscar.core.loading import get_model

from retail_ai.engine.facts import Attribute

# What is no fact in words.
FILES = ("file", "image")
BLOCK = re.compile(r"</?(?:p|div|li|br|h[1-6]|tr|td|th)\b[^>]*>", re.IGNORECASE)
MARKED = re.compile(r"(.*)\n<!-- retail-ai ([0-9a-f]{12}) -->", re.DOTALL)


def with_facts(products: QuerySet[Any]) -> QuerySet[Any]:
    """The products with all that ``attributes()`` reads, in a bounded number of queries."""
    values = get_model("catalogue", "ProductAttributeValue").objects
    options = get_model("catalogue", "AttributeOption").objects.filter(multi_valued_attribute_values=OuterRef("pk"))
    stated = values.select_related("attribute", "value_option").prefetch_related("value_entity").annotate(
        retail_ai_options=ArraySubquery(options.order_by("pk").values("option"))
    ).order_by("attribute__code", "pk")  # fmt: skip
    children = get_model("catalogue", "Product").objects.filter(is_public=True).order_by("pk")
    return products.prefetch_related(
        Prefetch("attribute_values", stated, to_attr="retail_ai_values"),
        Prefetch("children", children.prefetch_related(
            Prefetch("attribute_values", stated, to_attr="retail_ai_values")), to_attr="retail_ai_children"),
    )  # fmt: skip


def attributes(product: Any) -> Iterator[tuple[str, Attribute]]:
    """(code, fact) of each attribute; what children state differently is one fact with all their values."""
    if not hasattr(product, "retail_ai_values"):
        product = with_facts(type(product)._default_manager.filter(pk=product.pk)).get()
    said: dict[str, tuple[str, dict[str, None]]] = {}
    for row in (product, *product.retail_ai_children):
        for value in row.retail_ai_values:
            if text := value_text(value):
                said.setdefault(value.attribute.code, (value.attribute.name, {}))[1][text] = None
    for code, (name, values) in said.items():
        yield code, Attribute(name, ", ".join(values))


def value_text(value: Any) -> str:
    """An attribute's value in words; empty for a file, a picture and where nothing is said."""
    kind = value.attribute.type
    if kind in FILES:
        return ""
    if kind == "multi_option":
        return ", ".join(value.retail_ai_options)
    said = getattr(value, f"value_{kind}")
    if said is None or said == "":
        return ""
    if kind == "boolean":
        return "yes" if said else "no"
    if kind == "richtext":
        return plain_text(said)
    if kind in ("date", "datetime"):
        return str(said.isoformat(sep=" ", timespec="minutes") if kind == "datetime" else said.isoformat())
    return f"{said:g}" if kind == "float" and abs(said) < 1e6 else str(said)


def plain_text(markup: str) -> str:
    """HTML as a reader sees it, in one line."""
    return " ".join(unescape(strip_tags(BLOCK.sub(" ", markup))).split())


def html_of(text: str) -> str:
    """A plain text as the HTML that a description is. Nothing in it becomes markup; a mark says who wrote it."""
    if not text:
        return ""
    paragraphs = normalize_newlines(text).split("\n\n")
    body = "\n".join(f"<p>{escape(one, quote=False).replace(chr(10), '<br>')}</p>" for one in paragraphs)
    return f"{body}\n<!-- retail-ai {_digest(body)} -->"


def text_of(stored: str) -> str:
    """The plain text that ``html_of`` made this of; what people of the shop wrote or changed comes back as it is."""
    marked = MARKED.fullmatch(stored)
    if marked is None or marked[2] != _digest(marked[1]):
        return stored
    inner = marked[1].removeprefix("<p>").removesuffix("</p>")
    return unescape(inner.replace("</p>\n<p>", "\n\n").replace("<br>", "\n"))


def _digest(body: str) -> str:
    return sha256(body.encode("utf-8", "surrogatepass")).hexdigest()[:12]
