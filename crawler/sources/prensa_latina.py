"""Prensa Latina, the Cuban news agency, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class PrensaLatina(WordPressSite):
    """The class names are WordPress's defaults, not seen on a page of the site."""

    outlet = "Prensa Latina"
    country = "CU"
    timezone = "America/Havana"
    article_url = re.compile(r"^https?://[^/]+/(?:news/)?\d{4}/\d{2}/\d{2}/[^/?#]+/?$")


class PrensaLatinaSpanish(PrensaLatina):
    name = "prensa-latina"
    language = "es"
    hosts = ("www.prensa-latina.cu", "prensa-latina.cu")
    feeds = ("https://www.prensa-latina.cu/feed/",)
    archives = ("https://www.prensa-latina.cu/{day:%Y/%m/%d}/page/{page}/",)
    minimum = 20
    evidence = "documented"
    seen = "2026"


class PrensaLatinaEnglish(PrensaLatina):
    name = "prensa-latina-en"
    language = "en"
    hosts = ("www.plenglish.com", "plenglish.com")
    feeds = ("https://www.plenglish.com/feed/",)
    archives = ("https://www.plenglish.com/news/{day:%Y/%m/%d}/page/{page}/",)
    minimum = 10
    evidence = "documented"
    seen = "2026-08"
