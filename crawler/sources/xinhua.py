"""Xinhua in Spanish, the news agency of China."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class XinhuaSpanish(NewsSpider):
    """No feed is known to work; the home page lists the day's news. The hour on the page is Beijing's."""

    name = "xinhua-es"
    outlet = "Xinhua"
    language = "es"
    country = "CN"
    timezone = "Asia/Shanghai"
    hosts = ("spanish.xinhuanet.com", "spanish.news.cn")
    sections = ("http://spanish.xinhuanet.com/",)
    article_url = re.compile(r"^https?://[^/]+/\d{8}/(?P<id>[0-9a-f]{32})/c\.html$")
    body = "#detailContent, #detail"
    published = ".source .time, .time"
    # The agency closes its items with the word, and calls photographs by their place.
    boilerplate = re.compile(r"Fin|\(Xinhua/.{2,60}\)|http://spanish\.xinhuanet\.com/?")
    minimum = 20
    evidence = "documented"
    seen = "2026-07"
