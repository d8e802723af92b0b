"""Files as they come: encodings, compression, broken ends; no database."""

import gzip
from pathlib import Path

import pytest

from shop_demo.imports.problems import Problems
from shop_demo.imports.reading import read_lines


def lines_of(tmp_path: Path, data: bytes, name: str = "f") -> tuple[list[str], Problems]:
    (tmp_path / name).write_bytes(data)
    problems = Problems()
    return [text for _, text in read_lines(tmp_path / name, problems)], problems


@pytest.mark.parametrize(
    "data",
    [
        "größe\nnaïve\n".encode(),
        "\ufeffgröße\r\nnaïve".encode(),
        "größe\nnaïve\n".encode("utf-16"),
        gzip.compress("größe\nnaïve\n".encode()),
    ],
)
def test_encodings_and_gzip_are_recognised_by_content(tmp_path, data):
    lines, problems = lines_of(tmp_path, data)
    assert lines == ["größe", "naïve"]
    assert not problems.skipped and not problems.mended


def test_a_latin_1_line_among_utf_8_is_read_and_noted(tmp_path):
    lines, problems = lines_of(tmp_path, "größe\n".encode() + "naïve £5\n".encode("latin-1"))
    assert lines == ["größe", "naïve £5"]
    assert problems.mended == {"not UTF-8, read as Windows-1252": 1}


def test_a_truncated_gzip_file_gives_what_it_holds_and_a_problem(tmp_path):
    text = "\n".join(str(n) * 20 for n in range(20_000)).encode()
    lines, problems = lines_of(tmp_path, gzip.compress(text)[:-2000], "f.gz")
    assert 1000 < len(lines) < 20_000
    assert problems.skipped == {"compressed file is broken from here on": 1}


def test_an_empty_file_has_no_lines(tmp_path):
    assert lines_of(tmp_path, b"")[0] == []
