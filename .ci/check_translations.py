"""Fails when a .po file has messages untranslated, or its .mo file says something else than it."""

import subprocess
import sys
import tempfile
from pathlib import Path

root = Path(__file__).resolve().parent.parent
bad = []
for po in sorted(root.glob("*/locale/*/LC_MESSAGES/*.po")):
    with tempfile.NamedTemporaryFile(suffix=".mo") as fresh:
        subprocess.run(["msgfmt", "--check-format", "-o", fresh.name, str(po)], check=True)
        if not po.with_suffix(".mo").exists() or po.with_suffix(".mo").read_bytes() != Path(fresh.name).read_bytes():
            bad.append(f"{po.relative_to(root)}: the .mo file is not made from it; run msgfmt")
    statistics = subprocess.run(
        ["msgfmt", "--statistics", "-o", "/dev/null", po], capture_output=True, text=True
    ).stderr
    if "untranslated" in statistics or "fuzzy" in statistics:
        bad.append(f"{po.relative_to(root)}: {statistics.strip()}")
sys.exit("\n".join(bad) if bad else 0)
