"""Opens text files as they come: plain or gzip, UTF-8 with or without BOM, UTF-16, Windows-1252. It parses nothing."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from shop_demo.imports.problems import BadRow, Problems

LONGEST_LINE = 4_000_000  # bytes; what is longer is not a row of a table


def read_lines(path: Path, problems: Problems) -> Iterator[tuple[int, str]]:
    """(line number from 1, text without line end) of each line; a gzip file's broken end is a problem, not an error.

    A line that is not UTF-8 is read as Windows-1252, which takes every Latin-1 letter for what it is.
    """
    number = 0
    with _open(path) as file:
        try:
            for number, raw in enumerate(_raw_lines(file), 1):
                if len(raw) > LONGEST_LINE:
                    problems.skip(number, BadRow("line too long", f"{len(raw):,} bytes"))
                    continue
                yield number, _decode(raw, number, problems)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            problems.skip(number + 1, BadRow("compressed file is broken from here on", error))


def _open(path: Path) -> IO[bytes]:
    """The file's bytes; gzip is known by its first two bytes, whatever the name says."""
    file = path.open("rb")
    is_gzip = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    return gzip.open(file) if is_gzip else file  # type: ignore[return-value]


def _raw_lines(file: IO[bytes]) -> Iterator[bytes]:
    """Lines of bytes, with UTF-16 turned into UTF-8 first."""
    buffered = io.BufferedReader(file)  # type: ignore[type-var]
    if buffered.peek(2)[:2] in (b"\xff\xfe", b"\xfe\xff"):
        for line in io.TextIOWrapper(buffered, encoding="utf-16", errors="replace"):
            yield line.encode()
    else:
        yield from buffered


def _decode(raw: bytes, number: int, problems: Problems) -> str:
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        problems.mend(number, "not UTF-8, read as Windows-1252")
        return raw.decode("cp1252", errors="replace").rstrip("\r\n")
