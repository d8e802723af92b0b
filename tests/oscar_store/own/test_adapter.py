"""What is peculiar to Oscar's tables: parents and children, twelve types of attribute, trees of categories, HTML."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db.models import F
from django.utils import timezone
from oscar.core.loading import get_class, get_model

from retail_ai.descriptions.models import Draft
from retail_ai.descriptions.publishing import publish_draft, undo_publish
from retail_ai.engine.facts import ProductFilter
from retail_ai.stores.oscar import OscarStore
from retail_ai.stores.oscar_facts import html_of, plain_text, text_of

pytestmark = pytest.mark.django_db
Product, Category = get_model("catalogue", "Product"), get_model("catalogue", "Category")


def attribute(product, name, kind, value, *, options=()):
    """State an attribute of some type through Oscar's own container."""
    code, group = name.replace(" ", "_"), None
    if options:
        group = get_model("catalogue", "AttributeOptionGroup").objects.create(name=name)
        made = {option: group.options.create(option=option) for option in options}
        value = [made[one] for one in value] if isinstance(value, list) else made[value]
    product.get_product_class().attributes.create(name=name, code=code, type=kind, option_group=group)
    again = Product.objects.get(pk=product.pk)
    setattr(again.attr, code, value)
    again.save()


def stated(store, product):
    return {one.name: one.value for one in store.facts(store.products().get(pk=product.pk)).attributes}


def test_all_twelve_types_of_attribute_are_facts_in_words(shop, store, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    lamp = shop.product("Lamp", attributes={"socket": "E27"})
    attribute(lamp, "pieces", "integer", 4)
    attribute(lamp, "dimmable", "boolean", True)
    attribute(lamp, "power", "float", 8.5)
    attribute(lamp, "care", "richtext", "<p>Wipe <b>dry</b>.</p><p>No soap.</p>")
    attribute(lamp, "made on", "date", date(2024, 5, 3))
    attribute(lamp, "tested at", "datetime", datetime(2024, 5, 4, 9, 30, tzinfo=UTC))
    attribute(lamp, "shade", "option", "linen", options=["linen", "glass"])
    attribute(lamp, "rooms", "multi_option", ["hall", "study"], options=["hall", "study", "cellar"])
    attribute(lamp, "designer", "entity", Group.objects.create(name="Studio Nord"))
    attribute(lamp, "sheet", "file", ContentFile(b"%PDF", name="sheet.pdf"))
    attribute(lamp, "drawing", "image", ContentFile(b"GIF89a", name="drawing.gif"))
    assert stated(store, lamp) == {
        "socket": "E27", "pieces": "4", "dimmable": "yes", "power": "8.5", "care": "Wipe dry. No soap.",
        "made on": "2024-05-03", "tested at": "2024-05-04 09:30+00:00", "shade": "linen", "rooms": "hall, study",
        "designer": "Studio Nord",
    }  # fmt: skip
    for name, value in {"pieces": "4", "dimmable": "yes", "power": "8.5", "shade": "Linen", "rooms": "study"}.items():
        assert list(store.narrow(ProductFilter(attributes={name: value}))) == [lamp], name
    assert not store.narrow(ProductFilter(attributes={"rooms": "cellar"}))


@pytest.fixture
def shirt(shop):
    """A parent of three: small and sold out, medium, and large that is not public."""
    parent = shop.product("Shirt", price=None, brand="Acme", category="Shirts", attributes={"fabric": "linen"})
    for size, price, stock, public in (("S", "20", 0, True), ("M", "22", 3, True), ("L", "9", 8, False)):
        shop.product("", parent=parent, price=price, stock=stock, visible=public, brand="", attributes={"size": size})
    return parent


def test_children_are_rolled_up_into_their_parent(shop, store, shirt):
    assert list(store.products()) == list(store.sellable()) == [shirt]
    facts = store.facts(store.products().get())
    assert (facts.title, facts.brand, facts.category) == ("Shirt", "Acme", ("Shirts",))
    assert stated(store, shirt) == {"fabric": "linen", "size": "S, M"}
    offer = store.offers([shirt.pk])[shirt.pk]
    assert (offer.stock, offer.price.amount, offer.sellable) == (3, Decimal("22"), True)
    assert list(store.narrow(ProductFilter(attributes={"size": "m"}))) == [shirt]
    shop.sell_out_in_bulk(*shirt.children.all())
    assert not store.sellable().exists() and store.offers([shirt.pk])[shirt.pk].sellable is False


def test_what_children_sold_and_sent_back_is_their_parents(shop, store, shirt):
    medium, now = shirt.children.get(upc__endswith="3"), timezone.now()
    buyer = shop.customer("a@example.com")
    shop.order(buyer, [(medium, 2)], now - timedelta(days=3))
    shop.order(None, [(medium, 1)], now - timedelta(days=2))
    shop.order(buyer, [(medium, -1)], now - timedelta(days=1))
    lines = [(line.product, line.quantity, line.customer, line.is_return) for line in store.sale_lines()]
    assert lines == [(shirt.pk, 2, buyer.pk, False), (shirt.pk, 1, None, False), (shirt.pk, 1, buyer.pk, True)]


def test_strategy_and_adapter_agree_on_price_and_availability(shop, store, shirt):
    """Oscar's own strategy is the judge: stock records, allocations, untracked classes, hidden children."""
    shop.product("Sold out", stock=0)
    reserved = shop.product("All reserved", price=None)
    shop.stock_record(reserved, "5", 3, num_allocated=3)
    second = shop.product("Only the second partner has it", price="5", stock=0)
    shop.stock_record(second, "4", 9)
    untracked = shop.product("Voucher", price="50", stock=0)
    untracked.product_class = get_model("catalogue", "ProductClass").objects.create(name="Digital", track_stock=False)
    untracked.save()
    assert list(store.problems(with_rows=True)) == []
    assert {store.title(one) for one in store.sellable()} == {"Shirt", "Voucher"}
    assert store.offers([untracked.pk])[untracked.pk].stock is None


def test_a_strategy_that_adds_tax_is_noticed_and_met(shop):
    shop.product("Lamp", price="10")
    british = get_class("partner.strategy", "UK")

    class WithTax(OscarStore):
        record_price = F("price") * Decimal("1.2")

    from retail_ai.stores.oscar_sql import differences

    (said,) = differences(OscarStore(), british())
    assert "costs 12" in said and "10.00 here" in said and "record_price" in said
    assert list(differences(WithTax(), british())) == []
    assert WithTax().price(WithTax().products().get()).amount == Decimal("12.00")
    assert not WithTax().narrow(ProductFilter(max_price=Decimal("11")))


def test_categories_are_told_by_their_full_names_and_hold_those_below(shop, store):
    home = Category.objects.add_root(instance=Category(name="Home"))
    lamps = Category.objects.add_child(home, instance=Category(name="Lamps"))
    lamp = shop.product("Desk lamp", category="Shelf")
    lamp.categories.set([lamps])
    facts = store.facts(store.products().get())
    assert facts.category == ("Home", "Lamps")
    for name in ("home", "LAMPS"):
        assert (
            list(store.narrow(ProductFilter(categories=(name,))))
            == list(store.in_category(store.visible(), name))
            == [lamp]
        )
    Category.objects.filter(pk=lamps.pk).update(is_public=False)
    assert store.facts(store.products().get()).category == ()


def test_a_draft_cannot_bring_markup_into_a_page_and_the_shops_html_comes_back_as_it_was(shop, store):
    own = '<p class="lead">Our <b>own</b> words &amp; more.</p>'
    lamp = shop.product("Lamp", text=own)
    assert store.facts(store.products().get()).description == "Our own words & more."
    text = "A lamp.\n\n<script>alert(1)</script> 5 < 6 & so on\nnext line"
    draft = Draft.objects.create(
        product=lamp, field="description", language="en", text=text, written_text=text, live_when_written=own
    )
    publish_draft(draft=draft, reviewer=None)
    stored = Product.objects.get().description
    assert "<script>" not in stored and stored.startswith("<p>A lamp.</p>\n<p>&lt;script&gt;")
    assert store.read_text(store.products().get(), "description", "en") == text
    draft.refresh_from_db()
    undo_publish(draft=draft, reviewer=None)
    assert Product.objects.get().description == own


def test_a_text_that_people_changed_is_read_as_they_left_it():
    made = html_of("One & two.\n\nThree")
    assert text_of(made) == "One & two.\n\nThree"
    changed = made.replace("Three", "Three and a half")
    assert text_of(changed) == changed
    assert text_of("<p>Hello</p>") == "<p>Hello</p>" and html_of("") == text_of("") == ""
    assert plain_text("<p>One</p><ul><li>two</li><li>three</li></ul>") == "One two three"


def test_related_products_are_written_beside_the_shops_own(shop, store):
    lamp, bulb, shade, cable = (shop.product(title) for title in ("Lamp", "Bulb", "Shade", "Cable"))
    rows = get_model("catalogue", "ProductRecommendation").objects
    rows.create(primary=lamp, recommendation=bulb, ranking=5)
    assert store.save_related(lamp, "similar", [bulb, shade, cable]) == 2
    assert lamp.sorted_recommended_products == [bulb, shade, cable]
    assert store.save_related(lamp, "together", [cable]) == 0
    rows.filter(recommendation=shade).update(recommendation=lamp)
    assert store.save_related(lamp, "similar", [cable]) == 1
    kept = set(rows.filter(primary=lamp).values_list("recommendation__title", flat=True))
    assert kept == {"Bulb", "Lamp", "Cable"}


def test_reviews_are_summed_up_and_only_those_approved(shop, store):
    lamp, reviews = shop.product("Lamp"), get_model("reviews", "ProductReview").objects
    reviews.create(product=lamp, score=5, title="Bright", body="Yes.", status=1, delta_votes=2)
    reviews.create(product=lamp, score=2, title="Too bright", body="No.", status=1)
    reviews.create(product=lamp, score=0, title="Spam", body="Buy pills.", status=2)
    assert store.review_gists([lamp.pk]) == {lamp.pk: ("Bright", 3.5, 2)}


def test_nobody_is_mailed_unless_the_shop_says_who(shop):
    buyer = shop.customer("a@example.com", may_contact=True)
    assert list(OscarStore().contacts([buyer.pk])) == []


def test_a_product_from_elsewhere_has_the_same_price_picture_and_facts(shop, store):
    lamp = shop.product("Lamp", price="20", attributes={"socket": "E27"})
    get_model("catalogue", "ProductImage").objects.create(product=lamp, original="images/lamp.png")
    foreign, own = Product.objects.get(), store.products().get()
    assert store.facts(foreign) == store.facts(own)
    assert store.image_url(foreign) == store.image_url(own) == "/images/lamp.png"
    assert store.offered_since([lamp.pk]) == {lamp.pk: lamp.date_created.date()}
