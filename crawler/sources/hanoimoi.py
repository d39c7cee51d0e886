"""Hà Nội Mới, the daily of the Party Committee of Hà Nội."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class HaNoiMoi(VietnameseSite):
    """Its feeds have no suffix: with `.rss` they answer without items. Some report that it turns foreign addresses
    away. The names of the page's parts are those of other papers on its system."""

    name = "hanoimoi"
    outlet = "Hànộimới"
    language = "vi"
    hosts = ("hanoimoi.vn", "www.hanoimoi.vn")
    feeds = (
        "https://hanoimoi.vn/rss/the-gioi",
        "https://hanoimoi.vn/rss/xa-hoi",
        "https://hanoimoi.vn/rss/kinh-te",
    )
    sitemaps = ("https://hanoimoi.vn/sitemap.xml",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{5,})\.html$")
    title = "h1.sc-longform-header-title, h1.block-sc-title"
    lead = ".sc-longform-header-sapo, .block-sc-sapo"
    body = "div.b-maincontent"
    authors = ".sc-longform-header-author, .block-sc-author"
    published = ".sc-longform-header-date, .block-sc-publish-time"
    minimum = 40
    evidence = "documented"
    seen = "2026"
