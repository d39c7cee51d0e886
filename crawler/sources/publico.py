"""Público, a Spanish daily on the web."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Publico(NewsSpider):
    """Links to other articles stand as paragraphs between those of the text."""

    name = "publico"
    outlet = "Público"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.publico.es", "publico.es")
    feeds = ("https://www.publico.es/rss/",)
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+[^/?#-]+(?:-[^/?#-]+){2,}\.html$")
    body = ".body-modules"
    minimum = 30
