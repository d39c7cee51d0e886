"""La Vanguardia, a daily of Barcelona."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class LaVanguardia(NewsSpider):
    name = "lavanguardia"
    outlet = "La Vanguardia"
    language = "es"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("www.lavanguardia.com", "lavanguardia.com")
    feeds = ("https://www.lavanguardia.com/rss/home.xml", "https://www.lavanguardia.com/rss/internacional.xml")
    sitemaps = ("https://www.lavanguardia.com/sitemap-google-news.xml",)
    article_url = re.compile(r"^https?://[^/]+/(?:[a-z0-9-]+/)+\d{8}/(?P<id>\d+)/[^/?#]+\.html$")
    lead = "h2.epigraph"
    body = ".article-modules"
    minimum = 50
    evidence = "documented"
    seen = "2026-09"
