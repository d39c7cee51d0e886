"""Tele Pinar, the television of Pinar del Río."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class TelePinar(WordPressSite):
    """WordPress under the theme Publisher, as on a page saved in 2020. Its JSON-LD states the day alone, the time
    element the minute."""

    name = "telepinar"
    outlet = "Tele Pinar"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.telepinar.cu", "telepinar.cu")
    feeds = ("http://www.telepinar.cu/feed/",)
    title = "h1.single-post-title .post-title"
    body = ".entry-content"
    published = "time.post-published[datetime]"
    ignores_meta_dates = True
    minimum = 3
