"""VietnamPlus, the site of the Vietnam News Agency (TTXVN)."""

from __future__ import annotations

import re

from crawler.sources.zce import ZceSite


class VietnamPlus(ZceSite):
    """`/NNN.vnp` and `-postNNN.vnp` are the same article; the numbers are not shared between the editions."""

    outlet = "VietnamPlus"
    article_url = re.compile(r"^https?://[^/]+/(?:[^?#]*?-post|[^?#]*?/|)(?P<id>\d+)\.vnp$")


class VietnamPlusVietnamese(VietnamPlus):
    name = "vietnamplus-vi"
    language = "vi"
    hosts = ("www.vietnamplus.vn", "vietnamplus.vn")
    feeds = ("https://www.vietnamplus.vn/rss/home.rss",)
    sitemaps = ("https://www.vietnamplus.vn/sitemap.xml",)
    minimum = 100
    evidence = "live"
    seen = "2026-08"


class VietnamPlusEnglish(VietnamPlus):
    name = "vietnamplus-en"
    language = "en"
    hosts = ("en.vietnamplus.vn", "betaen.vietnamplus.vn")
    feeds = ("https://en.vietnamplus.vn/rss/home.rss",)
    sitemaps = ("https://en.vietnamplus.vn/sitemap.xml",)
    minimum = 20
    evidence = "documented"
    seen = "2026"


class VietnamPlusSpanish(VietnamPlus):
    """The addresses of its articles are real; its feed is taken to be like the others' and has not been seen."""

    name = "vietnamplus-es"
    language = "es"
    hosts = ("es.vietnamplus.vn",)
    feeds = ("https://es.vietnamplus.vn/rss/home.rss",)
    sitemaps = ("https://es.vietnamplus.vn/sitemap.xml",)
    minimum = 10
