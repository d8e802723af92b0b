"""Makes rows of the second shop for the store contracts."""

from decimal import Decimal

from tests.alt_store.models import Article, Buyer, HouseRule, Purchase, PurchaseItem, Shelf, Spec


class AltShop:
    def product(
        self, title, *, price="10.00", brand="Acme", category="Things", stock=5, visible=True, attributes=None, text=""
    ):
        shelf, _ = Shelf.objects.get_or_create(label=category)
        article = Article.objects.create(
            code=f"A{Article.objects.count() + 1:05}",
            name=title,
            text=text,
            maker=brand,
            shelf=shelf,
            gross_cents=int(Decimal(price) * 100),
            units_left=stock,
            hidden=not visible,
        )
        for label, value in (attributes or {}).items():
            Spec.objects.create(article=article, label=label, value=value)
        return article

    def customer(self, email, *, may_contact=False):
        return Buyer.objects.create_user(email, may_write_to=may_contact)

    def order(self, customer, lines, when, *, counts=True):
        purchase = Purchase.objects.create(
            ref=f"P{Purchase.objects.count() + 1}", buyer=customer, bought_at=when, void=not counts
        )
        for article, count in lines:
            PurchaseItem.objects.create(purchase=purchase, article=article, count=count, cents=article.gross_cents)

    def passage(self, title, text):
        HouseRule.objects.create(heading=title, body=text)

    def hide_in_bulk(self, *products):
        Article.objects.filter(pk__in=[p.pk for p in products]).update(hidden=True)

    def sell_out_in_bulk(self, *products):
        Article.objects.filter(pk__in=[p.pk for p in products]).update(units_left=0)

    def reprice_in_bulk(self, price, *products):
        Article.objects.filter(pk__in=[p.pk for p in products]).update(gross_cents=int(price * 100))
