"""The Voice of Viet Nam."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class Vov(VietnameseSite):
    """Names as public scrapers of 2022 to 2025 give them. Some report a 403 to all but a browser's name, which ours
    is not."""

    outlet = "VOV"
    title = ".article-title"
    body = ".row.article-content, div.article-content, div.text-long, .detail.detail--normal"
    authors = ".article-author"
    published = ".col-md-4.mb-2"
    # On English pages too, where a language detector would count it.
    boilerplate = re.compile(r"Mời quý độc giả theo dõi VOV\.VN.*", re.DOTALL)


class VovVietnamese(Vov):
    name = "vov-vi"
    language = "vi"
    hosts = ("vov.vn", "www.vov.vn")
    feeds = ("https://vov.vn/rss.xml",)
    sitemaps = ("https://vov.vn/sitemap.xml",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-post(?P<id>\d+)\.vov$")
    minimum = 20
    evidence = "live"
    seen = "2026-08"


class VovEnglish(Vov):
    """The addresses of its articles are real; its feed is inferred from vov.vn's, as its pages are."""

    name = "vov-en"
    language = "en"
    hosts = ("english.vov.vn",)
    feeds = ("https://english.vov.vn/rss/home.rss",)
    sections = ("https://english.vov.vn/en/politics", "https://english.vov.vn/en/politics/diplomacy")
    article_url = re.compile(r"^https?://[^/]+/en/[^?#]+?-post(?P<id>\d+)\.vov$")
    minimum = 5
