"""CGTN en Español, the Spanish channel of China's state television."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class CgtnSpanish(NewsSpider):
    """No feed is known; the hour on the page is Beijing's."""

    name = "cgtn-es"
    outlet = "CGTN en Español"
    language = "es"
    country = "CN"
    timezone = "Asia/Shanghai"
    hosts = ("espanol.cgtn.com",)
    sections = ("https://espanol.cgtn.com/",)
    article_url = re.compile(r"^https?://[^/]+/news/\d{4}-\d{2}-\d{2}/(?P<id>\d{15,})/index\.html$")
    published = ".news-time, .date"
    boilerplate = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}")
    minimum = 10
    evidence = "documented"
    seen = "2026-04"
