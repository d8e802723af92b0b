"""The shop's style guide as the engine takes it, and the lists that people type into it. It writes nothing."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from retail_ai.descriptions.voice_models import VoiceGuide
from retail_ai.engine.voice import Guide

ARROWS = ("=>", "->", "→", "⇒")
MOST_LINES, LONGEST_LINE = 500, 300


def guides_for(languages: Iterable[str]) -> dict[str, Guide]:
    """The guide in use for each language: its own, its base language's, or the one for all; else an empty one."""
    rows = {row.language.lower(): row for row in VoiceGuide.objects.filter(is_active=True)}
    found = {}
    for language in languages:
        code = language.lower()
        row = rows.get(code) or rows.get(code.split("-")[0]) or rows.get("")
        found[language] = as_guide(row) if row else Guide()
    return found


def guide_for(language: str) -> Guide:
    """See guides_for."""
    return guides_for([language])[language]


def tone_in_use() -> str:
    """The tone of the guide that applies to most texts: of every language, else of the first."""
    row = VoiceGuide.objects.filter(is_active=True).order_by("language").first()
    return row.tone if row else VoiceGuide.Tone.PLAIN


def as_guide(row: VoiceGuide) -> Guide:
    """A row as the engine takes it. Its name carries when it was changed, so that a draft says which it followed."""
    stamp = f"{row.updated_at:%Y-%m-%d %H:%M}" if row.updated_at else ""
    return Guide(
        name=f"{row.name[:60]} {stamp}".strip(),
        banned=tuple(lines_of(row.banned)),
        preferred=tuple(pairs_of(row.preferred)),
        spelling=row.spelling,
        person=row.person,
        examples=tuple(lines_of(row.examples)),
    )


def lines_of(text: str) -> list[str]:
    """The entries of a list typed one a line, each once. Raises ValidationError for one that is far too long."""
    lines = list(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if len(lines) > MOST_LINES:
        raise ValidationError(_("%(n)d lines are too many; %(most)d fit.") % {"n": len(lines), "most": MOST_LINES})
    for line in lines:
        if len(line) > LONGEST_LINE:
            raise ValidationError(
                _("“%(line)s…” is too long: %(most)d characters fit in a line.")
                % {"line": line[:40], "most": LONGEST_LINE}
            )
    return lines


def pairs_of(text: str) -> list[tuple[str, str]]:
    """(not this, but this) of each line. Raises ValidationError that quotes the first line that is no pair."""
    pairs = []
    for line in lines_of(text):
        arrow = next((a for a in ARROWS if a in line), None)
        instead, _arrow, say = line.partition(arrow) if arrow else (line, "", "")
        if not instead.strip() or not say.strip():
            raise ValidationError(
                _("“%(line)s”: write it as what is not to be said => what to say instead.") % {"line": line}
            )
        pairs.append((instead.strip(), say.strip()))
    return pairs
