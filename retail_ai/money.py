"""Writes an amount of money as shoppers of the page's language read it: €9.90, 9,90 €. It converts no currencies."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import get_language

from retail_ai.engine.facts import Money

SIGNS = {
    "AUD": "A$", "BRL": "R$", "CAD": "CA$", "CNY": "¥", "EUR": "€", "GBP": "£", "HKD": "HK$", "INR": "₹", "JPY": "JP¥",
    "KRW": "₩", "MXN": "MX$", "NZD": "NZ$", "PLN": "zł", "TRY": "₺", "TWD": "NT$", "UAH": "₴", "USD": "$", "VND": "₫",
}  # fmt: skip
# ISO 4217: currencies whose smallest unit is not a hundredth.
PLACES = {"BIF": 0, "CLP": 0, "ISK": 0, "JPY": 0, "KRW": 0, "PYG": 0, "UGX": 0, "VND": 0,
          "BHD": 3, "JOD": 3, "KWD": 3, "OMR": 3, "TND": 3}  # fmt: skip
# Languages that write the sign before the amount (CLDR); the others write it after, with a space that does not break.
SIGN_FIRST = {"en", "zh", "ja", "ko", "hi", "th", "tr", "ms"}
NO_BREAK = "\N{NO-BREAK SPACE}"


def format_money(money: Money | None) -> str:
    """The amount with its currency, in the language that is active; nothing for None.

    A currency without a sign known here is named by its code: 9.90 CHF.
    """
    if money is None:
        return ""
    places = PLACES.get(money.currency, 2)
    rounded = round(Decimal(money.amount), places)
    amount = number_format(abs(rounded), places, force_grouping=True)
    minus = "−" if rounded < 0 else ""
    sign = SIGNS.get(money.currency)
    if sign and (get_language() or "en").split("-")[0] in SIGN_FIRST:
        return f"{minus}{sign}{amount}"
    return f"{minus}{amount}{NO_BREAK}{sign or money.currency}"
