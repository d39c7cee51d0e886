"""Nhân Dân, the central organ of the Communist Party of Viet Nam."""

from __future__ import annotations

import re

from crawler.sources.zce import ZceSite


class NhanDan(ZceSite):
    """Numbered like VietnamPlus, under `.html`."""

    outlet = "Nhân Dân"
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-post(?P<id>\d+)\.html$")


class NhanDanVietnamese(NhanDan):
    name = "nhandan-vi"
    language = "vi"
    hosts = ("nhandan.vn", "www.nhandan.vn")
    feeds = ("https://nhandan.vn/rss/home.rss",)
    sitemaps = ("https://nhandan.vn/sitemap.xml",)
    minimum = 50


class NhanDanSpanish(NhanDan):
    name = "nhandan-es"
    language = "es"
    hosts = ("es.nhandan.vn",)
    feeds = ("https://es.nhandan.vn/rss/home.rss",)
    sitemaps = ("https://es.nhandan.vn/sitemap.xml",)
    minimum = 3
