"""Tells programs that say they are programs. Those that hide it show by how much they do: see cleaning in training."""

import re

from django.http import HttpRequest

# Words that crawlers, checkers and libraries put in their User-Agent; people's browsers have none of them.
_WORDS = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|bingpreview|facebookexternalhit|headlesschrome-lighthouse|lighthouse|pingdom|uptime"
    r"|monitor|curl/|wget/|python-requests|python-urllib|aiohttp|httpx|go-http-client|okhttp|java/|libwww|scrapy|phantomjs",
    re.IGNORECASE,
)


def is_bot(request: HttpRequest) -> bool:
    """Whether the request's User-Agent names a program that is no shopper's browser."""
    return bool(_WORDS.search(request.headers.get("User-Agent", "")))
