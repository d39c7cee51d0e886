"""Sài Gòn Giải Phóng, the daily of the Party Committee of Hồ Chí Minh City."""

from __future__ import annotations

from crawler.sources.zce import ZceSite


class SaiGonGiaiPhong(ZceSite):
    outlet = "Sài Gòn Giải Phóng"


class SaiGonGiaiPhongVietnamese(SaiGonGiaiPhong):
    name = "sggp-vi"
    language = "vi"
    hosts = ("www.sggp.org.vn", "sggp.org.vn")
    feeds = ("https://www.sggp.org.vn/rss/home.rss",)
    minimum = 60
    evidence = "live"
    seen = "2026-08"


class SaiGonGiaiPhongEnglish(SaiGonGiaiPhong):
    """SGGP English Edition, numbered by itself."""

    name = "sggp-en"
    language = "en"
    hosts = ("en.sggp.org.vn",)
    feeds = ("https://en.sggp.org.vn/rss/home.rss",)
    minimum = 8
    evidence = "documented"
    seen = "2026"
