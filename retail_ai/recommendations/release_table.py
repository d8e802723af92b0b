"""The table of a release's figures as markup: a line a figure, a column a model, intervals below the values."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from retail_ai.recommendations.figure_names import FIGURES, ROWS, row_name


def metrics_table(metrics: Mapping[str, Mapping[str, Any]]) -> SafeString:
    """New choices first, then what people had again; empty without figures."""
    new = [name for name in ROWS if name in metrics and not name.startswith("again_")]
    again = [name for name in ROWS if name in metrics and name.startswith("again_")]
    tables = [
        _table(metrics, names, title) for names, title in ((new, _("new to them")), (again, _("again"))) if names
    ]
    return format_html_join("", "{}", ((table,) for table in tables))


def _table(metrics: Mapping[str, Mapping[str, Any]], names: list[str], title: str) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((row_name(name),) for name in names))
    lines = [_line(key, [metrics[name] for name in names]) for key in FIGURES]
    return format_html(
        '<div class="retail-ai-scroll"><table><caption>{}</caption><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        title,
        head,
        format_html_join("", "{}", ((line,) for line in lines)),
    )


def _line(key: str, rows: list[Mapping[str, Any]]) -> SafeString:
    if all(row.get(key) is None for row in rows):
        return SafeString("")
    name, meaning = FIGURES[key]
    cells = format_html_join("", "<td>{}{}</td>", ((_value(row.get(key)), _interval(row, key)) for row in rows))
    return format_html('<tr><th scope="row"><abbr title="{}">{}</abbr></th>{}</tr>', meaning, name, cells)


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _interval(row: Mapping[str, Any], key: str) -> SafeString:
    edges = row.get(f"{key}_interval")
    if not edges:
        return SafeString("")
    return format_html('<br><span class="help">{} – {}</span>', f"{edges[0]:.4f}", f"{edges[1]:.4f}")
