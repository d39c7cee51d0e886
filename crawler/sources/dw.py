"""Deutsche Welle in Spanish."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class DwSpanish(NewsSpider):
    """The feed is RDF (RSS 1.0)."""

    name = "dw-es"
    outlet = "Deutsche Welle"
    language = "es"
    country = "DE"
    timezone = "Europe/Berlin"
    hosts = ("www.dw.com", "dw.com")
    feeds = ("https://rss.dw.com/rdf/rss-es-all",)
    article_url = re.compile(r"^https?://[^/]+/es/[^/?#]+/a-(?P<id>\d+)(?:\?|$)")
    lead = "p.teaser-text"
    body = ".rich-text"
    signatures = ("DW (Español)", "dw.com")
    # The desk's initials and its agencies: `cp (efe, reuters, afp)`.
    boilerplate = re.compile(r"\w{2,4}(?:/\w{2,4})? \([a-zA-Z, ./]{2,60}\)")
    minimum = 10
    evidence = "documented"
    seen = "2026"
