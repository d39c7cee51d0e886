"""BBC Mundo and BBC News Tiếng Việt, two of the World Service's sites at one host."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Bbc(NewsSpider):
    """Class names are made anew with every release; the roles of the elements stay. The links of the feeds carry
    `at_medium=RSS`. An asset keeps its id whatever its headline."""

    country = "GB"
    timezone = "Europe/London"
    hosts = ("www.bbc.com", "bbc.com", "www.bbc.co.uk")
    body = "main"
    authors = "[aria-labelledby='article-byline'] li:first-child > span:last-child"
    drop = ("main h1", "main time", "main section")


class BbcMundo(Bbc):
    name = "bbc-mundo"
    outlet = "BBC News Mundo"
    language = "es"
    feeds = ("https://feeds.bbci.co.uk/mundo/rss.xml",)
    article_url = re.compile(r"^https?://[^/]+/mundo/(?:articles/(?P<id>c[0-9a-z]{11})|[a-z-]+-\d{8})$")
    minimum = 5
    evidence = "documented"
    seen = "2026"


class BbcVietnamese(Bbc):
    name = "bbc-vi"
    outlet = "BBC News Tiếng Việt"
    language = "vi"
    feeds = ("https://feeds.bbci.co.uk/vietnamese/rss.xml",)
    article_url = re.compile(r"^https?://[^/]+/vietnamese/(?:articles/(?P<id>c[0-9a-z]{11})|[a-z-]+-\d{8})$")
    minimum = 5
    evidence = "live"
    seen = "2026-08"
