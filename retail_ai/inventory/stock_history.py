"""On which days products were out of stock, from the shop's own spans and the daily snapshots."""

from collections import Counter, defaultdict
from datetime import date

from retail_ai.inventory.models import StockSnapshot
from retail_ai.stores import get_store


def days_out(start: date, days: int) -> tuple[dict[str, set[int]], Counter[str]]:
    """Product's key → days since ``start`` that ended without stock; and what was wrong with the records."""
    out: dict[str, set[int]] = defaultdict(set)
    problems: Counter[str] = Counter()
    for product, first, last in get_store().stock_outs(start):
        if first > last:
            problems["stock-out that ends before it begins"] += 1
            continue
        span = range(max(0, (first - start).days), min(days, (last - start).days + 1))
        problems["days out of stock named twice"] += len(out[str(product)].intersection(span))
        out[str(product)].update(span)
    empty = StockSnapshot.objects.filter(day__gte=start, quantity__lte=0).order_by()
    for product_id, day, quantity in empty.values_list("product_id", "day", "quantity").iterator():
        problems["negative stock, taken as none"] += quantity < 0
        if (day - start).days < days:
            out[str(product_id)].add((day - start).days)
    return {key: found for key, found in out.items() if found}, +problems
