"""La Jornada, a daily of Mexico City."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class LaJornada(NewsSpider):
    name = "lajornada"
    outlet = "La Jornada"
    language = "es"
    country = "MX"
    timezone = "America/Mexico_City"
    hosts = ("www.jornada.com.mx", "jornada.com.mx")
    feeds = ("https://www.jornada.com.mx/rss/edicion.xml",)
    article_url = re.compile(r"^https?://[^/]+/noticia/\d{4}/\d{2}/\d{2}/[^/?#]+/[^/?#]+$")
    minimum = 30
    evidence = "documented"
    seen = "2026-10"
