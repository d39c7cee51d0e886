"""RT en Español, a channel of the Russian state."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class RtSpanish(NewsSpider):
    """Blocked in the European Union: a crawl from there gets nothing."""

    name = "rt-es"
    outlet = "RT en Español"
    language = "es"
    country = "RU"
    timezone = "Europe/Moscow"
    hosts = ("actualidad.rt.com",)
    feeds = ("https://actualidad.rt.com/feeds/all.rss",)
    article_url = re.compile(r"^https?://[^/]+/[a-z_-]+/(?P<id>\d{5,})-[^/?#]+$")
    lead = ".ArticleView-summary"
    body = ".ArticleView-text"
    drop = (".rtcode",)
    boilerplate = re.compile(r"Si te ha gustado, ¡compártelo con tus amigos!|.*síguenos en .{0,40}RT.*")
    minimum = 30
    evidence = "documented"
    seen = "2024-08"
