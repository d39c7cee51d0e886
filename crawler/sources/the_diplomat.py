"""The Diplomat, a magazine on the politics of Asia."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class TheDiplomat(NewsSpider):
    name = "thediplomat"
    outlet = "The Diplomat"
    language = "en"
    country = "US"
    timezone = "America/New_York"
    hosts = ("thediplomat.com", "www.thediplomat.com")
    feeds = ("https://thediplomat.com/feed/",)
    article_url = re.compile(r"^https?://[^/]+/\d{4}/\d{2}/[^/?#]+/?$")
    title = "h1#td-headline"
    lead = "#td-lead"
    body = "#td-story-body"
    authors = ".td-author a"
    published = "[itemprop='datePublished']"
    drop = ("#td-story-body [ng-show]",)
    minimum = 5
    evidence = "documented"
    seen = "2026-10"
