"""Tuổi Trẻ, the daily of the youth of Hồ Chí Minh City, and its English site."""

from __future__ import annotations

import re

from crawler.sources.vccorp import VccorpSite


class TuoiTre(VccorpSite):
    outlet = "Tuổi Trẻ"


class TuoiTreVietnamese(TuoiTre):
    """Its feed dates in U.S. order, with a narrow no-break space before AM and PM and without a zone."""

    name = "tuoitre-vi"
    language = "vi"
    hosts = ("tuoitre.vn", "www.tuoitre.vn")
    feeds = ("https://tuoitre.vn/rss/tin-moi-nhat.rss", "https://tuoitre.vn/rss/the-gioi.rss")
    sitemaps = ("https://tuoitre.vn/news-sitemap.xml",)
    minimum = 100
    evidence = "live"
    seen = "2026-08"


class TuoiTreEnglish(TuoiTre):
    """Tuoi Tre News; older articles have short numbers. tuoitrenews.vn, its former host, has no valid certificate."""

    name = "tuoitre-en"
    language = "en"
    hosts = ("news.tuoitre.vn",)
    feeds = ("https://news.tuoitre.vn/home.rss",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{7,})\.htm$")
    boilerplate = re.compile(r"Like us on Facebook or follow us on .*")
    minimum = 5
    evidence = "live"
    seen = "2026"
