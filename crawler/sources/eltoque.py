"""elTOQUE, an independent Cuban site for news, checks of facts and the price of the dollar."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class ElToque(NewsSpider):
    """Pages are built by Next.js: class names change with every release, so none is stated."""

    name = "eltoque"
    outlet = "elTOQUE"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("eltoque.com", "www.eltoque.com")
    feeds = ("https://eltoque.com/api/feed",)
    article_url = re.compile(r"^https?://[^/]+/(?:es/)?(?!tasas)[^/?#-]+(?:-[^/?#-]+){3,}$")
    minimum = 2
    evidence = "documented"
    seen = "2026-04"
