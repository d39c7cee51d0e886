"""Thanh Niên, the daily of the Viet Nam Youth Federation. Its English site, thanhniennews.com, has closed."""

from __future__ import annotations

from crawler.sources.vccorp import VccorpSite


class ThanhNien(VccorpSite):
    """Its feeds date with a year of two digits and escape their titles twice."""

    name = "thanhnien"
    outlet = "Thanh Niên"
    language = "vi"
    hosts = ("thanhnien.vn", "www.thanhnien.vn")
    feeds = ("https://thanhnien.vn/rss/home.rss", "https://thanhnien.vn/rss/the-gioi.rss")
    sitemaps = ("https://thanhnien.vn/google-news-sitemap.xml",)
    minimum = 100
    evidence = "live"
    seen = "2026-08"
