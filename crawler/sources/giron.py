"""Girón, the paper of Matanzas."""

from __future__ import annotations

from crawler.sources.wordpress import WordPressSite


class Giron(WordPressSite):
    name = "giron"
    outlet = "Girón"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.giron.cu", "giron.cu")
    feeds = ("https://www.giron.cu/feed/",)
    minimum = 5
