"""5 de Septiembre, the paper of Cienfuegos."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class CincoDeSeptiembre(WordPressSite):
    name = "5septiembre"
    outlet = "5 de Septiembre"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.5septiembre.cu", "5septiembre.cu")
    feeds = ("https://www.5septiembre.cu/feed/",)
    minimum = 5
    evidence = "documented"
    seen = "2026-10"
