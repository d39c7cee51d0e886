"""ABC, a Spanish daily."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Abc(NewsSpider):
    """The names before the commas are those of a page of 2026, the others those of 2024. The greater part of an
    article stands in an element that is called `paywall`."""

    name = "abc-es"
    outlet = "ABC"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.abc.es", "abc.es")
    feeds = ("https://www.abc.es/rss/2.0/portada/", "https://www.abc.es/rss/2.0/internacional/")
    sitemaps = ("https://www.abc.es/sitemap.xml",)
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+[^/?#]+-\d{14}-[a-z]+\.html$")
    title = "h1.v-a-t, h1.voc-title"
    lead = "h2.v-a-s-t, h2.voc-subtitle"
    body = "article > .v-d, article > .voc-d"
    drop = (".v-ath", ".v-d-n", ".voc-author", ".voc-topics", ".voc-btn__container", ".v-tpc")
    minimum = 50
    evidence = "documented"
    seen = "2026-04"
