"""Người Lao Động, the daily of the trade unions of Hồ Chí Minh City."""

from __future__ import annotations

from crawler.sources.vccorp import VccorpSite


class NguoiLaoDong(VccorpSite):
    """Lao Động, the national unions' paper, is another and is not crawled: it asks a script of its readers."""

    name = "nld"
    outlet = "Người Lao Động"
    language = "vi"
    hosts = ("nld.com.vn", "www.nld.com.vn")
    feeds = ("https://nld.com.vn/rss/home.rss", "https://nld.com.vn/rss/thoi-su.rss")
    minimum = 60
    evidence = "documented"
    seen = "2026"
