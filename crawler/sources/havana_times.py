"""Havana Times, a magazine of voices from Cuba, in English and in Spanish."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class HavanaTimes(WordPressSite):
    """WordPress under the theme Newspaper."""

    outlet = "Havana Times"
    country = "CU"
    timezone = "America/Havana"
    body = ".td-post-content"
    drop = (*WordPressSite.drop, ".td-a-rec")


class HavanaTimesEnglish(HavanaTimes):
    name = "havanatimes-en"
    language = "en"
    hosts = ("havanatimes.org", "www.havanatimes.org")
    feeds = ("https://havanatimes.org/feed/",)
    minimum = 3
    evidence = "documented"
    seen = "2026-04"


class HavanaTimesSpanish(HavanaTimes):
    name = "havanatimes-es"
    language = "es"
    hosts = ("havanatimesenespanol.org", "www.havanatimesenespanol.org")
    feeds = ("https://havanatimesenespanol.org/feed/",)
    minimum = 3
    evidence = "live"
    seen = "2026-10"
