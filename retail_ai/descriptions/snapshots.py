"""Facts as JSON for a draft to keep, and back. The hash tells whether a product's facts have changed since."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

from retail_ai.engine.facts import Attribute, ProductFacts

# Longer names and values than these are cut: no text says them, and each draft keeps its own copy of the facts.
LONGEST_NAME, LONGEST_VALUE, MOST_ATTRIBUTES = 300, 2_000, 400


def bounded(facts: ProductFacts) -> ProductFacts:
    """The facts as a text is written from them, however long a supplier's fields are. What fits stays as it is."""
    return replace(
        facts,
        title=facts.title[:LONGEST_NAME],
        brand=facts.brand[:LONGEST_NAME],
        category=tuple(name[:LONGEST_NAME] for name in facts.category),
        attributes=tuple(
            Attribute(a.name[:LONGEST_NAME], a.value[:LONGEST_VALUE], a.unit[:LONGEST_NAME])
            for a in facts.attributes[:MOST_ATTRIBUTES]
        ),
    )


def snapshot(facts: ProductFacts) -> dict[str, Any]:
    """The facts that a text may state; price, stock and reviews change by themselves and are left out."""
    facts = bounded(facts)
    return {
        "key": str(facts.key),
        "title": facts.title,
        "brand": facts.brand,
        "category": list(facts.category),
        "attributes": [[a.name, a.value, a.unit] for a in facts.attributes],
    }


def to_facts(kept: dict[str, Any]) -> ProductFacts:
    """The facts of a snapshot."""
    return ProductFacts(
        key=kept.get("key", ""),
        title=kept.get("title", ""),
        brand=kept.get("brand", ""),
        category=tuple(kept.get("category", ())),
        attributes=tuple(Attribute(*row) for row in kept.get("attributes", ())),
    )


def facts_hash(facts: ProductFacts) -> str:
    """Changes when any fact that a text may state does."""
    return sha256(json.dumps(snapshot(facts), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
