"""Bohemia, Cuba's oldest magazine."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class Bohemia(WordPressSite):
    """The names after the commas are those of a page saved in 2020."""

    name = "bohemia"
    outlet = "Bohemia"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("bohemia.cu", "www.bohemia.cu")
    feeds = ("https://bohemia.cu/feed/",)
    title = "h1.entry-title, h1.title"
    lead = "#sumario"
    body = ".entry-content, .the-content"
    authors = "#authorbox > h2"
    published = ".posted-label"
    minimum = 3
