"""Diario de Cuba, a daily of Cubans in Madrid, and its English section."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class DiarioDeCuba(NewsSpider):
    """Addresses are a moment and a number: `/cuba/1776287322_66431.html`. Nothing is known of the markup."""

    outlet = "Diario de Cuba"
    country = "ES"
    timezone = "Europe/Madrid"
    hosts = ("diariodecuba.com", "www.diariodecuba.com")
    signatures = ("DDC",)
    # The line under the headline: `DDC | Las Tunas | 26 Feb 2026 - 12:00 CET`.
    boilerplate = re.compile(r"[^|]+\|[^|]+\| \d{1,2} \w{3} \d{4} - \d{2}:\d{2} CES?T")


class DiarioDeCubaSpanish(DiarioDeCuba):
    name = "diariodecuba-es"
    language = "es"
    feeds = ("https://diariodecuba.com/rss.xml",)
    article_url = re.compile(r"^https?://[^/]+/(?!english/)[a-z-]+/\d{10}_(?P<id>\d+)\.html$")
    minimum = 10
    evidence = "documented"
    seen = "2026-04"


class DiarioDeCubaEnglish(DiarioDeCuba):
    name = "diariodecuba-en"
    language = "en"
    sections = ("https://diariodecuba.com/english",)
    article_url = re.compile(r"^https?://[^/]+/english/\d{10}_(?P<id>\d+)\.html$")
    minimum = 1
