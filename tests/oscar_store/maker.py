"""Makes rows of the third shop for the store contracts, through Oscar's own models."""

from decimal import Decimal

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.flatpages.models import FlatPage
from django.utils.text import slugify
from oscar.core.loading import get_model

Product, Category = get_model("catalogue", "Product"), get_model("catalogue", "Category")
StockRecord, Order = get_model("partner", "StockRecord"), get_model("order", "Order")


class OscarShop:
    def product(
        self,
        title,
        *,
        price="10.00",
        brand="Acme",
        category="Things",
        stock=5,
        visible=True,
        attributes=None,
        text="",
        parent=None,
    ):
        kind, _ = get_model("catalogue", "ProductClass").objects.get_or_create(name="Goods")
        product = Product(
            title=title, upc=f"U{Product.objects.count() + 1:05}", description=text, is_public=visible,
            product_class=None if parent else kind, parent=parent, structure="child" if parent else "standalone",
        )  # fmt: skip
        for name, value in {**({"brand": brand} if brand else {}), **(attributes or {})}.items():
            code = name.replace(" ", "_")
            kind.attributes.get_or_create(code=code, defaults={"name": name, "type": "text"})
            setattr(product.attr, code, value)
        product.save()
        if parent is not None:
            Product.objects.filter(pk=parent.pk).update(structure="parent")
        else:
            product.categories.add(
                Category.objects.filter(name=category).first()
                or Category.objects.add_root(instance=Category(name=category))
            )
        if price is not None:
            self.stock_record(product, price, stock)
        return product

    def stock_record(self, product, price, stock, **given):
        partner, _ = get_model("partner", "Partner").objects.get_or_create(name="Warehouse")
        number = StockRecord.objects.count() + 1
        return StockRecord.objects.create(
            product=product,
            partner=partner,
            partner_sku=f"W{number}",
            price=Decimal(price),
            num_in_stock=stock,
            **given,
        )

    def customer(self, email, *, may_contact=False):
        user = get_user_model().objects.create_user(email, email)
        if may_contact:
            user.groups.add(Group.objects.get_or_create(name="Newsletter")[0])
        return user

    def order(self, customer, lines, when, *, counts=True):
        if all(count < 0 for _product, count in lines):
            return self._send_back(customer, lines, when)
        total = sum((self._price(product) * count for product, count in lines), Decimal(0))
        order = Order.objects.create(
            number=f"N{Order.objects.count() + 1}", user=customer, date_placed=when, currency="EUR",
            guest_email="" if customer else "guest@example.com", total_incl_tax=total, total_excl_tax=total,
            status="Complete" if counts else "Cancelled",
        )  # fmt: skip
        for product, count in lines:
            paid = self._price(product) * count
            order.lines.create(
                product=product, title=product.get_title(), quantity=count, num_allocated=0, partner_sku="W",
                line_price_incl_tax=paid, line_price_excl_tax=paid, line_price_before_discounts_incl_tax=paid,
                line_price_before_discounts_excl_tax=paid,
            )  # fmt: skip
        return order

    def _send_back(self, customer, lines, when):
        kind, _ = get_model("order", "ShippingEventType").objects.get_or_create(name="Returned")
        for product, count in lines:
            line = get_model("order", "Line").objects.filter(order__user=customer, product=product).first()
            event = line.order.shipping_events.create(event_type=kind)
            type(event).objects.filter(pk=event.pk).update(date_created=when)
            event.line_quantities.create(line=line, quantity=-count)

    def _price(self, product):
        return product.stockrecords.values_list("price", flat=True).first() or Decimal(10)

    def passage(self, title, text):
        page = FlatPage.objects.create(url=f"/{slugify(title)}/", title=title, content=f"<p>{text}</p>")
        page.sites.add(1)

    def hide_in_bulk(self, *products):
        Product.objects.filter(pk__in=[p.pk for p in products]).update(is_public=False)

    def sell_out_in_bulk(self, *products):
        StockRecord.objects.filter(product__in=products).update(num_in_stock=0)

    def reprice_in_bulk(self, price, *products):
        StockRecord.objects.filter(product__in=products).update(price=price)
