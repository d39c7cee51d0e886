"""Tribuna de La Habana, the paper of the capital."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Tribuna(NewsSpider):
    """The page's title is the site's name alone, and comments carry the same class for their dates as the article."""

    name = "tribuna"
    outlet = "Tribuna de La Habana"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.tribuna.cu", "tribuna.cu")
    sections = ("http://www.tribuna.cu/archivo",)
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/\d{4}-\d{2}-\d{2}/[^/?#]+$")
    lead = ".notice-summary"
    body = ".blog-item-body"
    authors = ".blog-item .author-date-w"
    published = ".author-date-w"
    minimum = 3
    evidence = "documented"
    seen = "2022-04"
