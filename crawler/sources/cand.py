"""Công an Nhân dân, the paper of the Ministry of Public Security."""

from __future__ import annotations

import re

from crawler.sources.zce import ZceSite


class CongAnNhanDan(ZceSite):
    """On the family's system since it moved from cand.com.vn; the English edition has stayed behind there."""

    outlet = "Công an Nhân dân"


class CongAnNhanDanVietnamese(CongAnNhanDan):
    name = "cand-vi"
    language = "vi"
    hosts = ("cand.vn", "www.cand.vn")
    feeds = ("https://cand.vn/rss/home.rss",)
    minimum = 60
    evidence = "live"
    seen = "2026-08"


class CongAnNhanDanEnglish(CongAnNhanDan):
    """Public Security News, on the former system: `-i` and a number, and a slash at the end."""

    name = "cand-en"
    language = "en"
    hosts = ("en.cand.com.vn",)
    sections = ("https://en.cand.com.vn/", "https://en.cand.com.vn/politics")
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-i(?P<id>\d+)/?$")
    lead = ".box-des-detail"
    body = "div.detail-content-body, div.entry-content, div.post-content, div.detail-content"
    authors = ".box-author strong, .author strong"
    published = ".box-date, time[datetime]"
    drop = (".contref",)
    minimum = 1
