"""El Mundo, a Spanish daily."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class ElMundo(NewsSpider):
    """The text of the page's JSON-LD is a teaser; the page has the article."""

    name = "elmundo"
    outlet = "El Mundo"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.elmundo.es", "elmundo.es")
    feeds = (
        "https://e00-elmundo.uecdn.es/elmundo/rss/portada.xml",
        "https://e00-elmundo.uecdn.es/elmundo/rss/internacional.xml",
    )
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+\d{4}/\d{2}/\d{2}/(?P<id>[0-9a-f]{24})(?:-\w+)?\.html$")
    title = "h1.ue-c-article__headline"
    lead = ".ue-c-article__standfirst"
    body = ".ue-c-article__body"
    minimum = 50
    evidence = "documented"
    seen = "2026-09"
