"""CubaSí, a portal of Cuba's telephone company, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.drupal import DrupalSite


class CubaSi(DrupalSite):
    outlet = "CubaSí"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("cubasi.cu", "www.cubasi.cu")


class CubaSiSpanish(CubaSi):
    name = "cubasi-es"
    language = "es"
    feeds = ("https://cubasi.cu/rss.xml",)
    article_url = re.compile(r"^https?://[^/]+/es/(?:noticia|especial|opinion)/[^/?#]+$")
    minimum = 10
    evidence = "documented"
    seen = "2025"


class CubaSiEnglish(CubaSi):
    name = "cubasi-en"
    language = "en"
    sections = ("https://cubasi.cu/en",)
    article_url = re.compile(r"^https?://[^/]+/en/(?:news|special|opinion)/[^/?#]+$")
    minimum = 1
