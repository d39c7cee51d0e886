"""Pangea, the system of the broadcasters that the United States pay: VOA, Radio Free Europe and Martí."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class UsagmSite(NewsSpider):
    """Class names as on a page of VOA saved in 2024. The number at the end names the article, whatever the slug."""

    country = "US"
    timezone = "America/New_York"
    article_url = re.compile(r"^https?://[^/]+/a/(?:[^/?#]+/)?(?P<id>\d+)\.html$")
    title = "h1.pg-title"
    body = "#article-content .wsw"
    authors = ".publishing-details .links__item-link"
    published = ".publishing-details time[datetime]"
    drop = (".dateline", ".wsw__embed")
