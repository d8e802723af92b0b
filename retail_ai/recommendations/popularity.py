"""Counts how many people wanted each product lately, and what is wanted more than before. Counted anew each time."""

from django.db import connection, transaction

from retail_ai.events.models import Event
from retail_ai.recommendations.models import Popularity

_SQL = """
INSERT INTO {popularity} (product_id, week, month, overall, trend, counted_at)
SELECT product_id, week, month, overall,
       CASE WHEN week >= {least} THEN greatest(0, (week - usual) / sqrt(usual + 1)) ELSE 0 END, now()
FROM (
SELECT product_id, week, month, overall, (month - week) * 7 / 23 AS usual FROM (
SELECT product_id, COALESCE(SUM(people) FILTER (WHERE span = 7), 0) AS week,
       COALESCE(SUM(people) FILTER (WHERE span <= 30), 0) AS month, SUM(people) AS overall
FROM (
    SELECT product_id, span, SUM(weight) AS people FROM (
        SELECT DISTINCT ON (product_id, COALESCE(customer_id::text, NULLIF(visitor, ''), "order"))
               product_id,
               CASE WHEN occurred_at > now() - interval '7 days' THEN 7
                    WHEN occurred_at > now() - interval '30 days' THEN 30 ELSE 9999 END AS span,
               CASE kind WHEN 'purchase' THEN 3 WHEN 'cart' THEN 2 ELSE 1 END AS weight
        FROM {event}
        WHERE kind IN ('view', 'cart', 'purchase') AND product_id IS NOT NULL
        ORDER BY product_id, COALESCE(customer_id::text, NULLIF(visitor, ''), "order"), occurred_at DESC
    ) AS newest_of_each_person
    GROUP BY product_id, span
) AS spans
GROUP BY product_id
) AS counts
) AS expected
"""
# So much interest in a week, at least, is a trend and no accident.
LEAST = 5


@transaction.atomic
def refresh_popularity() -> int:
    """Count each person once a product, by the newest thing they did; a purchase weighs 3, a cart 2, a view 1."""
    Popularity.objects.all().delete()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = {"popularity": quote(Popularity._meta.db_table), "event": quote(Event._meta.db_table)}
        cursor.execute(_SQL.format(**tables, least=LEAST))
        return int(cursor.rowcount)
