"""Infobae, a news site of Buenos Aires with editions across the Americas."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Infobae(NewsSpider):
    name = "infobae"
    outlet = "Infobae"
    language = "es"
    country = "AR"
    timezone = "America/Argentina/Buenos_Aires"
    hosts = ("www.infobae.com", "infobae.com")
    feeds = (
        "https://www.infobae.com/arc/outboundfeeds/rss/",
        "https://www.infobae.com/arc/outboundfeeds/rss/category/america/mundo/",
    )
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+\d{4}/\d{2}/\d{2}/[^/?#]+/?$")
    title = "h1.d23-article-headline, h1.article-headline"
    lead = "h2.article-subheadline, .d23-article-subheadline"
    body = ".d23-body-article, .body-article"
    minimum = 100
    evidence = "documented"
    seen = "2026-10"
