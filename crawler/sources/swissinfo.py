"""Swissinfo in Spanish, which runs much of EFE's copy in full."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class SwissinfoSpanish(NewsSpider):
    name = "swissinfo-es"
    outlet = "SWI swissinfo.ch"
    language = "es"
    country = "CH"
    timezone = "Europe/Zurich"
    hosts = ("www.swissinfo.ch", "swissinfo.ch")
    feeds = ("https://www.swissinfo.ch/spa/rss",)
    article_url = re.compile(r"^https?://[^/]+/spa/(?:[^?#]+/)?(?P<id>\d{8,})$")
    boilerplate = re.compile(r"©\s*EFE \d{4}\.?.*|Keystone-SDA|Contenido externo", re.DOTALL)
    minimum = 20
    evidence = "documented"
    seen = "2026-05"
