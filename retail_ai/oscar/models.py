"""Which of Oscar's product recommendations the app wrote, so that it changes no row that people made."""

from typing import Any

from django.db import models, transaction
from oscar.core.loading import get_model


class WrittenManager(models.Manager["WrittenRecommendation"]):
    @transaction.atomic
    def write(self, product: Any, related: list[Any]) -> int:
        """Put these products, best first and after those that people chose, in place of the app's earlier ones."""
        rows: Any = get_model("catalogue", "ProductRecommendation")._default_manager
        ours = rows.filter(written__recommendation=models.F("recommendation"), primary=product)
        rows.filter(pk__in=list(ours.values_list("pk", flat=True))).delete()
        picked = set(rows.filter(primary=product).values_list("recommendation", flat=True))
        wanted = [one for one in related if one.pk not in picked and one.pk != product.pk]
        made = rows.bulk_create(rows.model(primary=product, recommendation=one, ranking=0) for one in wanted)
        self.bulk_create(WrittenRecommendation(row=row, recommendation=row.recommendation_id) for row in made)
        return len(made)


class WrittenRecommendation(models.Model):
    """A row of the app's; one that people pointed at another product since is theirs."""

    row = models.OneToOneField("catalogue.ProductRecommendation", on_delete=models.CASCADE, related_name="written")
    recommendation = models.BigIntegerField()

    objects = WrittenManager()

    def __str__(self) -> str:
        return str(self.row)
