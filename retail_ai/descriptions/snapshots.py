"""Facts as JSON for a draft to keep, and back. The hash tells whether a product's facts have changed since."""

import json
from hashlib import sha256
from typing import Any

from retail_ai.engine.facts import Attribute, ProductFacts


def snapshot(facts: ProductFacts) -> dict[str, Any]:
    """The facts that a text may state; price, stock and reviews change by themselves and are left out."""
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
