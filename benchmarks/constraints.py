"""How well limits and wishes are read out of shoppers' sentences: ``python -m benchmarks.constraints [--json]``.

Over hand-written sentences in seven languages (benchmarks/needs/*.tsv) and the vocabularies of four small shops.
Odd lines were looked at while the rules were written; mistakes in even ones were read later (docs/benchmarks.md).
Precision and recall count constraints; one is right when kind, value, bounds, currency and negation all are. No
database and no model is used. Beside them are the sentences of benchmarks/needs/held_out, English and Chinese, about
two shops of their own: one rule ("no wider than") was made after they had been run once.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from retail_ai.engine.facts import Attribute, ProductFacts
from retail_ai.engine.need import Need, understand
from retail_ai.engine.need_vocabulary import Vocabulary, build, values_of
from shop_demo.catalogue.tables import read_departments, read_products

DATA = Path(__file__).parent / "needs"
HELD_OUT = DATA / "held_out"
LANGUAGES = ("en", "zh", "de", "fr", "es", "it", "ja")


@dataclass(slots=True)
class Tally:
    """Constraints found and right, found and wrong, missed; by kind, negated ones under ``not``."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, expected: set[str], found: set[str]) -> None:
        self.right.update(map(kind_of, expected & found))
        self.wrong.update(map(kind_of, found - expected))
        self.missed.update(map(kind_of, expected - found))

    def figures(self, kind: str = "") -> dict[str, float]:
        right, wrong, missed = (c[kind] if kind else c.total() for c in (self.right, self.wrong, self.missed))
        return {
            "precision": round(right / (right + wrong), 4) if right + wrong else 1.0,
            "recall": round(right / (right + missed), 4) if right + missed else 1.0,
        }


def evaluate(data: Path = DATA, tallies: dict[str, dict[str, "Tally"]] | None = None) -> dict[str, dict[str, float]]:
    """``{"en": {"precision", "recall"}, …}`` over all lines of each language's file."""
    tallies = measure(data) if tallies is None else tallies
    return {code: _both(halves).figures() for code, halves in tallies.items()}


def measure(data: Path = DATA, mistakes: list[str] | None = None) -> dict[str, dict[str, Tally]]:
    """Tallies by language and half: ``development`` or ``held out``."""
    known = vocabularies(DATA / "shops.txt") | vocabularies(data / "shops.txt")
    codes = [code for code in LANGUAGES if (data / f"{code}.tsv").exists()]
    tallies = {code: {"development": Tally(), "held out": Tally()} for code in codes}
    for code in codes:
        for n, (shop, query, expected) in enumerate(read_queries(data / f"{code}.tsv"), start=1):
            half = "development" if n % 2 else "held out"
            found = keys_of(understand(query, known[shop], language=code))
            tallies[code][half].add(expected, found)
            if mistakes is not None and found != expected:
                mistakes.append(
                    f"{code} {half} {query}: {sorted(found - expected)} instead of {sorted(expected - found)}"
                )
    return tallies


def kind_of(key: str) -> str:
    return "not" if key.startswith("-") else key.split("=")[0].split("<")[0].split(">")[0].split("~")[0]


def keys_of(need: Need) -> set[str]:
    """Constraints as the files write them; which attribute a measure is of is not part of it."""
    return {one.key.casefold() for one in need.constraints}


def read_queries(path: Path) -> Iterator[tuple[str, str, set[str]]]:
    """(shop, query, expected constraints) of each line."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            shop, query, *rest = line.split("\t")
            wanted = rest[0].split(";") if rest else []
            yield shop, query, {one.strip().casefold() for one in wanted if one.strip()}


def vocabularies(path: Path) -> dict[str, Vocabulary]:
    """The demo shop's vocabulary and those of the small shops in the file."""
    shops: dict[str, list[ProductFacts]] = {}
    name = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=="):
            name = line[2:].split("|")[0].strip()
            shops[name] = []
        elif line.strip() and not line.startswith("#"):
            shops[name].append(_product(len(shops[name]), line))
    known = {name: build(*values_of(facts)) for name, facts in shops.items()}
    return {"demo": demo_vocabulary(), **known}


def _product(number: int, line: str) -> ProductFacts:
    title, brand, path, given = (cell.strip() for cell in line.split("|"))
    pairs = (pair.split("=", 1) for pair in given.split(";") if "=" in pair)
    attributes = tuple(Attribute(name.strip(), value.strip()) for name, value in pairs)
    return ProductFacts(
        number, title, brand=brand, category=tuple(p.strip() for p in path.split(">")), attributes=attributes
    )


def demo_vocabulary() -> Vocabulary:
    """The demo shop's, read from its tables."""
    departments = {row.slug: row for row in read_departments()}

    def path(slug: str) -> tuple[str, ...]:
        row = departments[slug]
        return (*(path(row.parent) if row.parent else ()), row.name)

    facts = [
        ProductFacts(row.sku, row.title, brand=row.brand, category=path(row.department),
                     attributes=tuple(Attribute(*pair) for pair in row.attributes.items()))
        for row in read_products()
    ]  # fmt: skip
    return build(*values_of(facts, {row.name: (row.name_zh,) for row in departments.values() if row.name_zh}))


def _both(halves: dict[str, Tally]) -> Tally:
    one = Tally()
    for half in halves.values():
        for ours, theirs in ((one.right, half.right), (one.wrong, half.wrong), (one.missed, half.missed)):
            ours.update(theirs)
    return one


def speed(data: Path = DATA) -> dict[str, float]:
    """Milliseconds that one sentence takes, the median and the 95th percentile, over all files."""
    known = vocabularies(data / "shops.txt")
    queries = [(shop, query) for code in LANGUAGES for shop, query, _ in read_queries(data / f"{code}.tsv")]
    times = []
    for _ in range(2):
        times = []
        for shop, query in queries:
            start = time.perf_counter()
            understand(query, known[shop])
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return {"p50_ms": round(times[len(times) // 2], 3), "p95_ms": round(times[int(len(times) * 0.95)], 3)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder with shops.txt and a .tsv for each language")
    parser.add_argument("--mistakes", action="store_true", help="list the sentences that were read otherwise")
    parser.add_argument("--json", action="store_true", help="only the last line")
    given = parser.parse_args()
    mistakes: list[str] = []
    tallies = measure(given.data, mistakes)
    timing = speed(given.data)
    if not given.json:
        _print(tallies)
        print("\n".join(mistakes) if given.mistakes else f"{len(mistakes)} sentences read otherwise (--mistakes)")
        print(f"understanding takes {timing['p50_ms']} ms, p95 {timing['p95_ms']} ms")
    figures = {code: _both(halves).figures() for code, halves in tallies.items()}
    held = {code: halves["held out"].figures() for code, halves in tallies.items()}
    other: list[str] = []
    unseen = evaluate(tallies=measure(HELD_OUT, other))
    if not given.json:
        for code, row in unseen.items():
            print(f"{code} other shops: precision {row['precision']}, recall {row['recall']}")
        print("\n".join(other) if given.mistakes else f"{len(other)} of these read otherwise (--mistakes)")
    print(json.dumps({"constraints": figures, "held_out": held, "other_shops": unseen, **timing}))


def _print(tallies: dict[str, dict[str, Tally]]) -> None:
    print(f"{'':14}{'precision':>10}{'recall':>8}{'constraints':>13}")
    for code, halves in tallies.items():
        for half, tally in (*halves.items(), ("all", _both(halves))):
            _row(f"{code} {half}", tally)
    for code in ("en", "zh"):
        both = _both(tallies[code])
        for kind in sorted({*both.right, *both.wrong, *both.missed}):
            _row(f"{code} {kind}", both, kind)


def _row(name: str, tally: Tally, kind: str = "") -> None:
    figures = tally.figures(kind)
    count = (tally.right[kind] + tally.missed[kind]) if kind else tally.right.total() + tally.missed.total()
    print(f"{name:14}{figures['precision']:>10.3f}{figures['recall']:>8.3f}{count:>13}")


if __name__ == "__main__":
    main()
