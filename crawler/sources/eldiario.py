"""elDiario.es, a Spanish daily on the web."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class ElDiario(NewsSpider):
    name = "eldiario"
    outlet = "elDiario.es"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.eldiario.es", "eldiario.es")
    feeds = ("https://www.eldiario.es/rss/", "https://www.eldiario.es/internacional/rss/")
    article_url = re.compile(r"^https?://[^/]+/[^?#]+_1_(?P<id>\d+)\.html$")
    lead = ".news-header .footer h2"
    body = ".c-content"
    drop = (".partner-wrapper", ".know-more")
    minimum = 50
    evidence = "documented"
    seen = "2024-10"
