"""Báo Tin tức, a daily of the Vietnam News Agency."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class BaoTinTuc(VietnameseSite):
    """Numbered by the moment of writing. The names of the page's parts are those of public scrapers, not seen."""

    name = "baotintuc"
    outlet = "Báo Tin tức"
    language = "vi"
    hosts = ("baotintuc.vn", "www.baotintuc.vn")
    feeds = ("https://baotintuc.vn/tin-moi-nhat.rss", "https://baotintuc.vn/the-gioi.rss")
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>20\d{15})\.htm$")
    title = "h1.detail-title, h1.title"
    lead = "h2.sapo, .detail-sapo"
    body = "div.contents, div.post-content"
    authors = ".author strong, .author b"
    published = ".date, .time-detail"
    drop = (".boxrelated",)
    minimum = 40
    evidence = "documented"
    seen = "2026"
