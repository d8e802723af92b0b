"""Suppliers' terms out of a CSV file or the shop's own tables. Bad rows are told by line; the rest is done."""

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from retail_ai.engine.facts import PurchaseTerms
from retail_ai.exceptions import InvalidInput
from retail_ai.inventory.models import Supplier, SupplierPolicy
from retail_ai.inventory.term_rows import COLUMNS, cell, delimiter_of, products_by, sku_of, terms_in, text_of
from retail_ai.stores import get_store

SAVED = [
    "supplier", "unit_cost", "currency", "lead_time_days", "lead_time_sd", "minimum_order", "pack_size", "article",
    "service_level", "source",
]  # fmt: skip
AT_ONCE = 500


@dataclass(slots=True)
class Report:
    """What an import came to: ``problems`` are (line, what is wrong)."""

    saved: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)


def import_file(data: bytes) -> Report:
    """Save the terms of a CSV file with a header of COLUMNS (only ``sku`` must be there; an empty ``sku`` is the row
    for all other products). Raises InvalidInput for a file that cannot be read at all."""
    text = text_of(data)
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter_of(text), restkey="too many")
    names = [(name or "").strip().lower() for name in reader.fieldnames or []]
    if "sku" not in names:
        raise InvalidInput(
            _("The first line must name the columns, “sku” among them. Known: %(names)s.")
            % {"names": ", ".join(COLUMNS)}
        )
    reader.fieldnames = names
    report = Report()
    rows: list[tuple[int, dict[str, Any]]] = []
    for row in _readable(reader, report):
        rows.append((reader.line_num, row))
        if len(rows) == AT_ONCE:
            _save_rows(rows, report)
            rows = []
    _save_rows(rows, report)
    return report


def import_from_shop() -> Report:
    """Save the terms that the shop keeps itself; what was typed in here stays."""
    report, rows = Report(), enumerate(get_store().purchase_terms(), start=1)
    while batch := list(islice(rows, AT_ONCE)):
        saver = _Saver([terms.product for _number, terms in batch], SupplierPolicy.Source.SHOP, report)
        for number, terms in batch:
            saver.take(number, "", terms.product, _values(terms), terms.supplier)
        saver.save()
    return report


def _readable(reader: Any, report: Report) -> Iterator[dict[str, Any]]:
    rows = iter(reader)
    while True:
        try:
            yield next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            report.problems.append((reader.line_num, str(error)))


def _save_rows(rows: list[tuple[int, dict[str, Any]]], report: Report) -> None:
    if not rows:
        return
    products = products_by({sku_of(row) for _line, row in rows})
    saver = _Saver([*products.values(), None], SupplierPolicy.Source.FILE, report)
    for line, row in rows:
        sku = sku_of(row)
        try:
            if "too many" in row:
                raise InvalidInput(_("more cells than columns"))
            if sku and sku not in products:
                raise InvalidInput(_("no product with this number"))
            values = terms_in(row)
        except InvalidInput as error:
            report.problems.append((line, f"{sku}: {error}" if sku else str(error)))
            continue
        saver.take(line, sku, products.get(sku), values, cell(row, "supplier"))
    saver.save()


def _values(terms: PurchaseTerms) -> dict[str, Any]:
    names = (
        "unit_cost", "currency", "lead_time_days", "lead_time_sd", "minimum_order", "pack_size", "article",
    )  # fmt: skip
    return {name: value for name in names if (value := getattr(terms, name)) not in (None, "")}


class _Saver:
    """Terms of one batch: each row is validated as the admin's form does it, all that are right are saved at once."""

    def __init__(self, products: list[Any], source: str, report: Report) -> None:
        self.source, self.report = source, report
        rows = SupplierPolicy.objects.filter(
            Q(product_id__in=[p for p in products if p is not None]) | Q(product=None)
        )
        self.rows: dict[Any, SupplierPolicy] = {row.product_id: row for row in rows}
        self.suppliers = {supplier.name: supplier for supplier in Supplier.objects.all()}
        self.changed: dict[Any, SupplierPolicy] = {}

    def take(self, line: int, sku: str, product: Any, values: dict[str, Any], supplier: str) -> None:
        """One row of the source; what it states replaces what stood."""
        row = self.rows.get(product) or SupplierPolicy(product_id=product)
        if self.source == SupplierPolicy.Source.SHOP and row.pk and row.source == SupplierPolicy.Source.PERSON:
            self.report.unchanged += 1
            return
        named = self._supplier(supplier)
        wanted = {**values, **({"supplier_id": named.pk} if named else {})}
        before = {name: getattr(row, name) for name in wanted}
        for name, value in wanted.items():
            setattr(row, name, value)
        try:
            _clean(row, values)
        except ValidationError as error:
            for name, value in before.items():
                setattr(row, name, value)
            self.report.problems.append((line, f"{sku}: {_words(error)}" if sku else _words(error)))
            return
        if row.pk and before == wanted:
            self.report.unchanged += 1
            return
        row.source = self.source
        self.rows[product] = self.changed[product] = row
        self.report.saved += 1

    @transaction.atomic
    def save(self) -> None:
        old = [row for row in self.changed.values() if row.pk]
        SupplierPolicy.objects.bulk_create([row for row in self.changed.values() if not row.pk])
        SupplierPolicy.objects.bulk_update(old, SAVED, batch_size=AT_ONCE)

    def _supplier(self, name: str) -> Supplier | None:
        name = name.strip()[:120]
        if name and name not in self.suppliers:
            self.suppliers[name] = Supplier.objects.get_or_create(name=name)[0]
        return self.suppliers.get(name)


def _clean(row: SupplierPolicy, values: dict[str, Any]) -> None:
    """As the admin's form does it: what is no number passes every limit."""
    for name, value in values.items():
        if isinstance(value, float) and not math.isfinite(value):
            raise ValidationError(_("%(name)s: “%(text)s” is no number") % {"name": name, "text": value})
    row.full_clean(exclude=["product", "supplier"], validate_unique=False, validate_constraints=False)


def _words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        if hasattr(error, "message_dict"):
            return "; ".join(f"{name}: {' '.join(texts)}" for name, texts in error.message_dict.items())
        return " ".join(error.messages)
    return str(error)
