"""``manage.py retail_ai_ask "how much is shipping"``: what the assistant would say, and why. Stores nothing."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from retail_ai.assistant.pipeline import answer
from retail_ai.engine.intents import clean, intent_of
from retail_ai.stores import get_store


class Command(BaseCommand):
    help = "Ask the assistant as a visitor and see its answer, tool and sources."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("text", nargs="+")
        parser.add_argument("--language", default="en", help="the language of the page (default: en)")

    def handle(self, *args: Any, **options: Any) -> None:
        text = clean(" ".join(options["text"]))
        if not text:
            raise CommandError("Type a question.")
        started = time.perf_counter()
        reply, language = answer(text, customer=None, page_language=options["language"])
        took = 1000 * (time.perf_counter() - started)
        self.stdout.write(reply.text)
        keys = [item["key"] for item in reply.products]
        products = {str(p.pk): p for p in get_store().products().filter(pk__in=keys)}
        for item in reply.products:
            self.stdout.write(f"  - {products[item['key']]} ({item['reason']})")
        for source in reply.sources:
            self.stdout.write(f"  Source: {source['title']} {source['url']}")
        intent = intent_of(text).value
        self.stdout.write(f"[{language}; intent {intent}; tool {reply.tool}; {reply.outcome}; {took:.0f} ms]")
