"""Trabajadores, the weekly of Cuba's trade unions."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class Trabajadores(WordPressSite):
    name = "trabajadores"
    outlet = "Trabajadores"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.trabajadores.cu", "trabajadores.cu")
    feeds = ("https://www.trabajadores.cu/feed/",)
    article_url = re.compile(r"^https?://[^/]+/\d{8}/[^/?#]+/?$")
    minimum = 5
    evidence = "live"
    seen = "2026-10"
