"""Prensa Latina, the Cuban news agency."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class PrensaLatina(NewsSpider):
    """WordPress; the class names are its defaults, not seen on a page of the site."""

    name = "prensa-latina"
    outlet = "Prensa Latina"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.prensa-latina.cu", "prensa-latina.cu")
    feeds = ("https://www.prensa-latina.cu/feed/",)
    article_url = re.compile(r"^https?://[^/]+/\d{4}/\d{2}/\d{2}/[^/?#]+/?$")
    title = "h1.entry-title"
    body = ".entry-content"
    drop = (".sharedaddy", ".jp-relatedposts", ".wp-caption", ".addtoany_share_save_container")
    minimum = 20
