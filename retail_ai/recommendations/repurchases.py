"""Counts after how many days each product is bought again, from all customers' purchases together."""

from django.db import connection, transaction

from retail_ai.recommendations.models import Repurchase

# So many customers must have bought a product again before its interval is anything but chance.
LEAST_BUYERS = 3

_SQL = """
INSERT INTO retail_ai_repurchase (product_id, days, buyers, share, counted_at)
WITH days AS (
    SELECT DISTINCT product_id, customer_id, occurred_at::date AS day FROM retail_ai_event
    WHERE kind = 'purchase' AND product_id IS NOT NULL AND customer_id IS NOT NULL
), gaps AS (
    SELECT product_id, customer_id,
           day - lag(day) OVER (PARTITION BY product_id, customer_id ORDER BY day) AS gap FROM days
)
SELECT product_id, percentile_cont(0.5) WITHIN GROUP (ORDER BY gap) FILTER (WHERE gap IS NOT NULL),
       count(DISTINCT customer_id) FILTER (WHERE gap IS NOT NULL),
       count(DISTINCT customer_id) FILTER (WHERE gap IS NOT NULL)::float8 / count(DISTINCT customer_id), now()
FROM gaps GROUP BY product_id
HAVING count(DISTINCT customer_id) FILTER (WHERE gap IS NOT NULL) >= %s
"""


@transaction.atomic
def refresh_repurchases() -> int:
    """Count anew; how many products are bought again. Several orders on one day count as one."""
    Repurchase.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [LEAST_BUYERS])
        return int(cursor.rowcount)
