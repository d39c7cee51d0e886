"""14ymedio, an independent daily of Havana, and its English section."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class CatorceYMedio(NewsSpider):
    """The site is blocked inside Cuba, and copies of it stand at hosts that change. Nothing is known of its
    markup."""

    outlet = "14ymedio"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.14ymedio.com", "14ymedio.com")


class CatorceYMedioSpanish(CatorceYMedio):
    name = "14ymedio-es"
    language = "es"
    feeds = ("https://www.14ymedio.com/rss/",)
    article_url = re.compile(r"^https?://[^/]+/(?!english/)[^?#]+_1_(?P<id>\d+)\.html$")
    minimum = 10
    evidence = "live"
    seen = "2026-08"


class CatorceYMedioEnglish(CatorceYMedio):
    name = "14ymedio-en"
    language = "en"
    sections = ("https://www.14ymedio.com/english/",)
    article_url = re.compile(r"^https?://[^/]+/english/[^?#]+_1_(?P<id>\d+)\.html$")
    minimum = 1
