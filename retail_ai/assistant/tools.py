"""The assistant's tools: search products, quote the shop's passages, show the asker's own orders.

Each takes what was typed as data. Who asks is handed in by the view from the session and never read from a message.
"""

import re
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from retail_ai.assistant.passages import indexed_passages
from retail_ai.assistant.replies import Outcome, Reply
from retail_ai.backends import get_embedder
from retail_ai.catalog.search import Hit, SearchResult, search_products
from retail_ai.catalog.selectors import facts_of
from retail_ai.engine.answers import THRESHOLD, content_words, find
from retail_ai.engine.facts import OrderSummary, ProductFacts, ProductFilter
from retail_ai.stores import get_store

PRODUCTS_SHOWN = 4
FACTS_READ = 12
ORDERS_SHOWN = 5
ORDERS_READ = 200
SOURCES_SHOWN = 2
# A second source is named too when it scores nearly as well as the first.
NEARLY = 0.93
# Words of a product's title that a question must say for it to be about that product.
NAMED_BY = 2


def quote_passages(text: str, language: str, *, threshold: float = THRESHOLD) -> Reply | None:
    """The sentences of the passage that answers, with its source; None when no passage does."""
    passages = indexed_passages()
    if not passages:
        return None
    found = find(text, get_embedder().embed([text])[0], passages, language=language, threshold=threshold)
    if not found:
        return None
    best = found[0]
    said = ("" if best.passage.language.startswith("zh") else " ").join(best.sentences)
    if best.passage.language != language:
        said = _("Our help page on this is in another language:") + " " + said
    near = [f for f in found[:SOURCES_SHOWN] if f.score >= NEARLY * best.score]
    sources = [{"title": f.passage.title, "url": f.passage.url} for f in near]
    return Reply(text=said, tool="passages", sources=sources)


def find_products(text: str, *, sure: bool) -> Reply | None:
    """Products that fit the wish, in stock now, with what the search says of limits it could not keep. Unless ``sure``
    that products are meant, None when none of them says a word of the message."""
    found = search_products(text, limit=PRODUCTS_SHOWN)
    hits = found.hits if sure else _saying(found.words, found.hits)
    if not hits:
        return _nothing_found() if sure else None
    products = [{"key": str(hit.product.pk), "reason": hit.reason} for hit in hits]
    return Reply(text=_introduction(found), tool="products", products=products)


def _introduction(found: SearchResult) -> str:
    if found.is_poor and found.notes:
        return " ".join(found.notes)
    if any(hit.matched for hit in found.hits) or any(chip.is_applied for chip in found.chips):
        return _("This is in stock and may suit you:")
    return _("Nothing says “%(words)s” in so many words; these come nearest in meaning.") % {"words": found.words}


def tell_fact(text: str) -> Reply | None:
    """An attribute that the message asks for, of the product it names, as the catalogue states it; else None."""
    asked = set(content_words(text))
    hits = search_products(text, limits=ProductFilter(in_stock=False), limit=FACTS_READ).hits
    facts = facts_of([hit.product for hit in hits])
    titles = {hit.product.pk: set(content_words(facts[hit.product.pk].title)) for hit in hits}
    # Asked for an iPhone 13, an iPhone 13 Pro is the wrong one: the fewest words too many come first.
    for hit in sorted(hits, key=lambda hit: len(titles[hit.product.pk] - asked)):
        stated = facts[hit.product.pk]
        if len(asked & titles[hit.product.pk]) < NAMED_BY:
            continue
        for attribute in stated.attributes:
            if (name := set(content_words(attribute.name))) and name <= asked:
                value = f"{attribute.value} {attribute.unit}".strip()
                return Reply(
                    text=f"{stated.title}: {attribute.name} {value}",
                    tool="facts",
                    sources=[{"title": stated.title, "url": get_store().product_url(hit.product)}],
                    products=[{"key": str(hit.product.pk), "reason": hit.reason}],
                )
    return None


def show_orders(text: str, customer: Any) -> Reply:
    """The customer's own newest orders, or the one whose number the message names. ``customer`` is who is signed in;
    None when nobody is. Another's number and one that does not exist are answered alike."""
    if customer is None:
        return Reply(text=_("Please sign in, then I can show you your orders."), tool="orders")
    own = list(islice(get_store().orders_of(customer.pk), ORDERS_READ))
    named = [order for order in own if _names(text, order)]
    if named:
        return Reply(text=_("This is your order:"), tool="orders", orders=[order.number for order in named[:3]])
    if not own:
        return Reply(text=_("You have no orders yet."), tool="orders")
    shown = [order.number for order in own[:ORDERS_SHOWN]]
    return Reply(
        text=_("These are your latest orders. I can show you your own orders only."), tool="orders", orders=shown
    )


def _saying(words: str, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    asked = set(content_words(words))
    facts = facts_of([hit.product for hit in hits])
    return tuple(hit for hit in hits if asked.intersection(_words_of(facts[hit.product.pk])))


def _words_of(facts: ProductFacts) -> set[str]:
    return {w for part in (facts.title, facts.brand, *facts.category) for w in content_words(part)}


def _nothing_found() -> Reply:
    return Reply(
        text=_("I found nothing like that in our shop at present."), tool="products", outcome=Outcome.UNANSWERED
    )


def _names(text: str, order: OrderSummary) -> bool:
    number = re.escape(order.number)
    return bool(re.search(rf"(?<![A-Za-z0-9]){number}(?![A-Za-z0-9])", text, re.IGNORECASE))
