"""``manage.py retail_ai_alerts``: look for stock alerts now, list the open ones, mail the new ones."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from retail_ai.inventory.alerts import check_alerts
from retail_ai.inventory.digest import send_digest, sentence, subject_of
from retail_ai.inventory.models import StockAlert

SHOWN = 50


class Command(BaseCommand):
    help = "Look for stock alerts, list the open ones, and with --mail send the digest to those who asked for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", action="store_true", help="mail the new ones")

    def handle(self, *args: Any, **options: Any) -> None:
        came = check_alerts()
        rows = StockAlert.objects.filter(state=StockAlert.State.OPEN).select_related("product", "order")
        for alert in rows[:SHOWN]:
            self.stdout.write(f"{alert.get_kind_display()}: {subject_of(alert)}. {sentence(alert)}")
        self.stdout.write(f"{rows.count()} open; {came['new']} new, {came['over']} over.")
        if options["mail"]:
            mailed = send_digest()
            self.stdout.write(f"{mailed['sent']} mails sent, {mailed['failed']} failed.")
