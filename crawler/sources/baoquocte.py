"""Thế giới & Việt Nam, the paper of the Ministry of Foreign Affairs."""

from __future__ import annotations

from crawler.sources.mastercms import MasterCmsSite


class BaoQuocTe(MasterCmsSite):
    outlet = "Thế giới và Việt Nam"


class BaoQuocTeVietnamese(BaoQuocTe):
    name = "baoquocte-vi"
    language = "vi"
    hosts = ("baoquocte.vn", "www.baoquocte.vn")
    feeds = ("https://baoquocte.vn/rss_feed/",)
    minimum = 20
    evidence = "live"
    seen = "2026-07"


class BaoQuocTeEnglish(BaoQuocTe):
    """The World and Vietnam Report. The addresses of its articles are real; its feed is that of the family."""

    name = "baoquocte-en"
    language = "en"
    hosts = ("en.baoquocte.vn",)
    feeds = ("https://en.baoquocte.vn/rss_feed/",)
    minimum = 2
