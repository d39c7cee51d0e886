"""Europa Press, a Spanish news agency."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class EuropaPress(NewsSpider):
    """The address ends with the second of publication, `-20261002153012.html`, which is no number of the article: the
    agency may publish two in one second."""

    name = "europapress"
    outlet = "Europa Press"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.europapress.es", "europapress.es")
    feeds = ("https://www.europapress.es/rss/rss.aspx",)
    article_url = re.compile(r"^https?://[^/]+/(?:[^/?#]+/)+noticia-[^/?#]+-\d{14}\.html$")
    body = "#CuerpoNoticiav2, #CuerpoNoticia"
    minimum = 50
    evidence = "documented"
    seen = "2026-08"
