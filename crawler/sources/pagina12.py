"""Página/12, a daily of Buenos Aires."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Pagina12(NewsSpider):
    """Older articles are numbered, `/244720-slug`; those of today have the day in their address."""

    name = "pagina12"
    outlet = "Página/12"
    language = "es"
    country = "AR"
    timezone = "America/Argentina/Buenos_Aires"
    hosts = ("www.pagina12.com.ar", "pagina12.com.ar")
    feeds = ("https://www.pagina12.com.ar/rss/portada",)
    article_url = re.compile(r"^https?://[^/]+/(?:\d{4}/\d{2}/\d{2}/[^/?#]+|(?P<id>\d{4,})-[^/?#]+)/?$")
    body = ".article-main-content"
    minimum = 30
    evidence = "documented"
    seen = "2026-10"
