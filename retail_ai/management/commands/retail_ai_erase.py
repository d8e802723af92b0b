"""``manage.py retail_ai_erase CUSTOMER``: delete, or first print, all that the app keeps of a customer."""

import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.privacy.services import erase_customer, export_customer


class Command(BaseCommand):
    help = "Delete all that the app keeps of a customer. The shop's own tables stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("customer", help="the customer's key or login name")
        parser.add_argument("--export", action="store_true", help="print it as JSON and delete nothing")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        customer = _find(options["customer"])
        if options["export"]:
            self.stdout.write(json.dumps(export_customer(customer=customer), indent=1, ensure_ascii=False))
            return
        if not options["yes"] and input(f"Delete all that is kept of {customer}? Type yes: ") != "yes":
            raise CommandError("Nothing was deleted.")
        for name, count in erase_customer(customer=customer).items():
            self.stdout.write(f"{name}: {count}")


def _find(text: str) -> Any:
    model = get_user_model()
    people = model._default_manager
    found = people.filter(**{model.USERNAME_FIELD: text}).first()
    if found is None:
        try:
            found = people.filter(pk=text).first()
        except (ValueError, ValidationError):
            found = None
    if found is None:
        raise CommandError(f"No customer {text!r}.")
    return found
