"""Writes the short fields from a plan: SEO title, alt text, bullets; and cuts texts to a length by whole sentences."""

from retail_ai.engine import composer_zh_words as zh
from retail_ai.engine.composer_en_draw import Sentence
from retail_ai.engine.composer_en_words import join, value_of
from retail_ai.engine.plan import Plan, Point

_TITLE_KINDS = ("colour", "inks", "material", "storage", "screen", "volume", "length", "size")


def seo_title(plan: Plan, limit: int, chinese: bool) -> str:
    """Name, then what tells it from its neighbours, then the brand, as far as the limit allows."""
    title = plan.name
    if len(title) > limit:
        title = title[: limit + 1].rsplit(" ", 1)[0].rstrip(" ,-–(")
    for point in sorted(plan.points, key=lambda p: _TITLE_KINDS.index(p.kind) if p.kind in _TITLE_KINDS else 99):
        if point.kind not in _TITLE_KINDS or len(point.values) > 1 or not _short(point):
            continue
        words = zh.value_of(point) if chinese else _capital(value_of(point))
        if words and words.lower() not in title.lower() and len(title) + len(words) + 2 <= limit - 8:
            title += f", {words}" if not chinese else f" {words}"
    if plan.brand and plan.brand.lower() not in title.lower() and len(title) + len(plan.brand) + 3 <= limit:
        title += f" | {plan.brand}"
    return title


def alt_text(plan: Plan, limit: int, chinese: bool) -> str:
    """What a picture shows: the name, and colour and material where facts give them."""
    colour = next((p for p in plan.points if p.kind == "colour"), None)
    text = plan.name
    if colour and chinese and (value := zh.value_of(colour)):
        text += f",{value}"
    elif colour and not chinese and value_of(colour).lower() not in text.lower():
        text += f" in {join([value_of(colour, v) for v in colour.values])}"
    return text[:limit]


def bullets(plan: Plan, chinese: bool) -> list[Sentence]:
    """ "Name: value" lines, most telling first."""
    lines = []
    for point in plan.points:
        if chinese:
            name, value = zh.name_of(point), zh.value_of(point)
            if name and value:
                lines.append(Sentence(f"{name}:{value}" if point.kind != "flag" else value, point.fact_ids))
        else:
            name = _capital(point.name)
            value = join([value_of(point, v) for v in point.values])
            lines.append(Sentence(name if point.kind == "flag" else f"{name}: {value}", point.fact_ids))
    return lines or [Sentence(plan.name, ("title",))]


def within(sentences: list[Sentence], limit: int, blank: str) -> list[Sentence]:
    """As many whole sentences, from the first, as fit; a later shorter one may fill what a longer one left."""
    kept: list[Sentence] = []
    used = 0
    for sentence in sentences:
        if used + len(sentence.text) + (len(blank) if kept else 0) <= limit:
            kept.append(sentence)
            used += len(sentence.text) + len(blank)
    return kept or [Sentence(sentences[0].text[:limit].rsplit(" ", 1)[0].rstrip(" ,;:"), sentences[0].fact_ids)]


def _short(point: Point) -> bool:
    return len(point.value) <= 24


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
