"""Drafts a campaign for products that need buyers: a segment of who would want them, and the products featured."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from retail_ai.campaigns.models import Campaign, Segment, SegmentProduct
from retail_ai.campaigns.services import MOST_FEATURED, feature_products
from retail_ai.exceptions import InvalidInput
from retail_ai.recommendations.sensitive import without_sensitive_products
from retail_ai.stores import get_store

# Mails that a shop would send at once to try whether an old product still finds buyers.
USUAL_READERS = 500


@transaction.atomic
def draft_for(*, products: Iterable[Any], created_by: Any = None) -> Campaign:
    """A draft to those likeliest to want the products (keys), which every mail features. Nothing is written or sent
    yet. Raises InvalidInput for none, too many, or products that may not be mailed about."""
    keys = list(dict.fromkeys(products))
    there = list(get_store().products().filter(pk__in=keys))
    if not there:
        raise InvalidInput(_("Choose at least one product that the shop still has."))
    if len(there) > MOST_FEATURED:
        raise InvalidInput(_("At most %(most)d products can be featured.") % {"most": MOST_FEATURED})
    named = without_sensitive_products(there)
    if not named:
        raise InvalidInput(_("These products are in sensitive categories: nobody is written to about them."))
    segment = Segment.objects.create(name=_free_name(named), at_most=USUAL_READERS)
    SegmentProduct.objects.bulk_create(SegmentProduct(segment=segment, product=product) for product in named)
    campaign = Campaign.objects.create(name=segment.name, segment=segment, created_by=created_by)
    feature_products(campaign=campaign, products=[product.pk for product in named])
    return campaign


def _free_name(products: list[Any]) -> str:
    """What it is about, and the day; numbered where that name is taken."""
    more = len(products) - 1
    about = str(products[0])[:60]
    if more:
        about += ngettext(" and %(n)d more", " and %(n)d more", more) % {"n": more}
    name = _("Would want: %(product)s, %(day)s") % {"product": about, "day": timezone.localdate().isoformat()}
    taken = set(Segment.objects.filter(name__startswith=name[:100]).values_list("name", flat=True))
    names = [name[:120], *(f"{name[:110]} ({number})" for number in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)
