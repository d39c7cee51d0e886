"""Pháp Luật Thành phố Hồ Chí Minh, the law daily of the city."""

from __future__ import annotations

from crawler.sources.zce import ZceSite


class PhapLuat(ZceSite):
    name = "plo"
    outlet = "Pháp Luật TP.HCM"
    language = "vi"
    hosts = ("plo.vn", "www.plo.vn")
    feeds = ("https://plo.vn/rss/home.rss",)
    minimum = 60
    evidence = "documented"
    seen = "2026"
