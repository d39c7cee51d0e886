"""VnEconomy, the economic daily, and its English edition."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VnEconomy(VietnameseSite):
    """Articles have no number: the length of its name alone tells an article from a section."""

    outlet = "VnEconomy"


class VnEconomyVietnamese(VnEconomy):
    """Names as public code of 2026 gives them. Its feed dates in GMT, and means it."""

    name = "vneconomy-vi"
    language = "vi"
    hosts = ("vneconomy.vn", "www.vneconomy.vn")
    feeds = ("https://vneconomy.vn/tin-moi.rss", "https://vneconomy.vn/the-gioi.rss")
    article_url = re.compile(r"^https?://[^/]+/(?:[^/?#-]+-){4,}[^/?#-]*\.htm$")
    title = "h1.article-header__title"
    lead = "h4.article-content__lead"
    body = "main#article-editor"
    authors = ".article-header__author, .article-meta__author"
    published = "time.article-meta__time"
    drop = ("h4.article-content__lead",)
    minimum = 40
    evidence = "live"
    seen = "2026-08"


class VnEconomyEnglish(VnEconomy):
    """Names as a public scraper gives them, undated."""

    name = "vneconomy-en"
    language = "en"
    hosts = ("en.vneconomy.vn",)
    sections = ("https://en.vneconomy.vn/",)
    article_url = re.compile(r"^https?://[^/]+/(?:[^/?#-]+-){3,}[^/?#-]*\.htm$")
    title = "h1.detail__title"
    lead = "h2.detail__summary"
    body = "div.detail__content"
    authors = ".detail__author"
    published = ".detail__meta"
    minimum = 3
    evidence = "documented"
    seen = "2026-08"
