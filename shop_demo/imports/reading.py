"""Opens text files as they come: plain or gzip, UTF-8 with or without BOM, UTF-16, Windows-1252. It parses nothing."""

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from shop_demo.imports.problems import BadRow, Problems

LONGEST_LINE = 4_000_000  # bytes; what is longer is not a row of a table


def read_lines(path: Path, problems: Problems) -> Iterator[tuple[int, str]]:
    """(line number from 1, text without line end) of each line; a gzip file's broken end is a problem, not an error.

    A line that is not UTF-8 is read as Windows-1252, which takes every Latin-1 letter for what it is.
    """
    number = 0
    with path.open("rb") as file, _unpacked(file) as content:
        try:
            for number, raw in enumerate(_raw_lines(content), 1):
                if len(raw) > LONGEST_LINE:
                    problems.skip(number, BadRow("line too long", f"{len(raw):,} bytes"))
                    continue
                yield number, _decode(raw, number, problems)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            problems.skip(number + 1, BadRow("compressed file is broken from here on", error))


def _unpacked(file: io.BufferedReader) -> AbstractContextManager[Any]:
    """The file's content; gzip is known by its first two bytes, whatever the name says."""
    is_gzip = file.peek(2)[:2] == b"\x1f\x8b"
    return gzip.GzipFile(fileobj=file) if is_gzip else nullcontext(file)


def _raw_lines(content: Any) -> Iterator[bytes]:
    """Lines of bytes, with UTF-16 turned into UTF-8 first."""
    if content.peek(2)[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield from content
        return
    text = io.TextIOWrapper(content, encoding="utf-16", errors="replace")
    for line in text:
        yield line.encode()
    text.detach()


def _decode(raw: bytes, number: int, problems: Problems) -> str:
    if number == 1:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return raw.decode("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        problems.mend(number, "not UTF-8, read as Windows-1252")
        return raw.decode("cp1252", errors="replace").rstrip("\r\n")
