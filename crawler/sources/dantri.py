"""Dân trí, the paper of the Ministry of Home Affairs, and its English edition."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class DanTri(VietnameseSite):
    """Names as public scrapers of 2022 to 2026 give them. The number is the moment of writing."""

    outlet = "Dân trí"
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>20\d{15})\.htm$")
    title = "h1.title-page.detail, h1.title-page"
    lead = "h2.singular-sapo"
    body = "div.singular-content"
    authors = "div.author-name b"
    published = "time.author-time[datetime]"
    drop = ("article.article-item",)


class DanTriVietnamese(DanTri):
    name = "dantri-vi"
    language = "vi"
    hosts = ("dantri.com.vn", "www.dantri.com.vn")
    feeds = (
        "https://dantri.com.vn/rss/tin-moi-nhat.rss",
        "https://dantri.com.vn/rss/home.rss",
        "https://dantri.com.vn/rss/the-gioi.rss",
    )
    sitemaps = ("https://dantri.com.vn/google-news-sitemap.xml",)
    minimum = 100
    evidence = "live"
    seen = "2026-08"


class DtiNews(DanTri):
    """DTiNews. The addresses of its articles are real; its listings and its pages are taken to be like Dân trí's."""

    name = "dantri-en"
    language = "en"
    hosts = ("dtinews.dantri.com.vn", "dtinews.vn")
    feeds = ("https://dtinews.dantri.com.vn/rss/home.rss",)
    sections = ("https://dtinews.dantri.com.vn/vietnam-today.htm",)
    minimum = 2
