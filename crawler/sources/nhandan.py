"""Nhân Dân, the central organ of the Communist Party of Viet Nam."""

from __future__ import annotations

from crawler.sources.zce import ZceSite


class NhanDan(ZceSite):
    outlet = "Nhân Dân"
    signatures = ("NDO",)


class NhanDanVietnamese(NhanDan):
    name = "nhandan-vi"
    language = "vi"
    hosts = ("nhandan.vn", "www.nhandan.vn")
    feeds = ("https://nhandan.vn/rss/home.rss", "https://nhandan.vn/rss/thegioi-1231.rss")
    sitemaps = ("https://nhandan.vn/sitemap.xml",)
    minimum = 50
    evidence = "live"
    seen = "2026-08"


class NhanDanEnglish(NhanDan):
    name = "nhandan-en"
    language = "en"
    hosts = ("en.nhandan.vn",)
    feeds = ("https://en.nhandan.vn/rss/home.rss",)
    sitemaps = ("https://en.nhandan.vn/sitemap.xml",)
    minimum = 10
    evidence = "documented"
    seen = "2026"


class NhanDanSpanish(NhanDan):
    """Its feed is taken to be like the others' and has not been seen."""

    name = "nhandan-es"
    language = "es"
    hosts = ("es.nhandan.vn",)
    feeds = ("https://es.nhandan.vn/rss/home.rss",)
    sitemaps = ("https://es.nhandan.vn/sitemap.xml",)
    minimum = 3
