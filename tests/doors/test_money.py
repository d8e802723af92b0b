from decimal import Decimal

import pytest
from django.utils import translation

from retail_ai.engine.facts import Money
from retail_ai.money import format_money


@pytest.mark.parametrize(
    ("language", "amount", "currency", "text"),
    [
        ("en", "9.9", "EUR", "€9.90"),
        ("en", "1299.5", "USD", "$1,299.50"),
        ("zh-hans", "9.9", "EUR", "€9.90"),
        ("zh-hans", "25", "CNY", "¥25.00"),
        ("de", "1299.5", "EUR", "1.299,50\N{NO-BREAK SPACE}€"),
        ("en", "-3", "EUR", "−€3.00"),
        ("en", "1200", "JPY", "JP¥1,200"),
        ("en", "9.9", "CHF", "9.90\N{NO-BREAK SPACE}CHF"),
    ],
)
def test_as_the_language_writes_it(language, amount, currency, text):
    with translation.override(language):
        assert format_money(Money(Decimal(amount), currency)) == text


def test_nothing_for_no_price():
    assert format_money(None) == ""


def test_a_widget_and_the_shops_own_page_write_a_price_alike():
    from shop_demo.templatetags.shop import money

    for language in ("en", "zh-hans"):
        with translation.override(language):
            assert format_money(Money(Decimal("1299.9"), "EUR")) == money("1299.9")
