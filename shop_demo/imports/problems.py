"""What was wrong with which line of an imported file: counted by reason, the first shown, all kept on request."""

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

SHOWN = 20


class BadRow(ValueError):
    """A row that cannot be loaded; ``reason`` is the same for all rows of its sort, ``detail`` this row's own."""

    def __init__(self, reason: str, detail: Any = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail != "" else reason)
        self.reason = reason
        self.detail = str(detail)[:200]


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark on one line; ``loaded`` where the row was mended and loaded all the same."""

    line: int
    reason: str
    detail: str
    loaded: bool = False

    def __str__(self) -> str:
        rest = f" ({self.detail})" if self.detail else ""
        return f"line {self.line}: {self.reason}{rest}"


@dataclass(slots=True)
class Problems:
    """Collects remarks in constant memory: counts, the first few, and a CSV file where one is asked for."""

    report: Path | None = None
    skipped: Counter[str] = field(default_factory=Counter)
    mended: Counter[str] = field(default_factory=Counter)
    first: list[Problem] = field(default_factory=list)
    _file: IO[str] | None = None
    _writer: Any = None

    def __enter__(self) -> Self:
        if self.report:
            self._file = self.report.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(["line", "loaded", "reason", "detail"])
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def skip(self, line: int, error: BadRow) -> None:
        """Note a row that was left out."""
        self.skipped[error.reason] += 1
        self._keep(Problem(line, error.reason, error.detail))

    def mend(self, line: int, reason: str, detail: str = "") -> None:
        """Note a row that was loaded after something in it was put right."""
        self.mended[reason] += 1
        self._keep(Problem(line, reason, detail[:200], loaded=True))

    def _keep(self, problem: Problem) -> None:
        if not problem.loaded and len(self.first) < SHOWN:
            self.first.append(problem)
        if self._writer:
            self._writer.writerow([problem.line, "yes" if problem.loaded else "no", problem.reason, problem.detail])
