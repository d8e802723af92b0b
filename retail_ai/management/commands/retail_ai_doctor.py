"""``manage.py retail_ai_doctor``: try each part for real, say what to do; exit code 1 when one fails."""

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from retail_ai.management.doctor import FAIL, OK, WARN, examine


class Command(BaseCommand):
    help = "Try database, vectors, adapter, models, broker, worker and jobs for real, and say what to do."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object instead of text")

    def handle(self, *args: Any, **options: Any) -> None:
        styles = {OK: self.style.SUCCESS, WARN: self.style.WARNING, FAIL: self.style.ERROR}
        findings = []
        for finding in examine():
            findings.append(finding)
            if options["json"]:
                continue
            head = f"{finding.state:<8} {finding.part:<13} {finding.seconds:7.2f} s  "
            self.stdout.write(styles[finding.state](head) + finding.detail)
            if finding.hint:
                self.stdout.write(f"{'':26}→ {finding.hint}")
        healthy = all(finding.state != FAIL for finding in findings)
        if options["json"]:
            self.stdout.write(json.dumps({"ok": healthy, "parts": [asdict(f) for f in findings]}, ensure_ascii=False))
        if not healthy:
            sys.exit(1)
