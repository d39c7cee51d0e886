"""Radio Habana Cuba, the island's radio for abroad, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class RadioHabanaCuba(NewsSpider):
    """One host for every language. Nothing is known of its markup."""

    outlet = "Radio Habana Cuba"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.radiohc.cu", "radiohc.cu")


class RadioHabanaCubaSpanish(RadioHabanaCuba):
    name = "radiohc-es"
    language = "es"
    feeds = ("https://www.radiohc.cu/es/rss",)
    article_url = re.compile(r"^https?://[^/]+/(?:es/)?noticias/(?:[^/?#]+/)+\d+-[^/?#]+$")
    minimum = 5


class RadioHabanaCubaEnglish(RadioHabanaCuba):
    name = "radiohc-en"
    language = "en"
    feeds = ("https://www.radiohc.cu/en/rss.xml",)
    article_url = re.compile(r"^https?://[^/]+/en/(?:noticias|news)/(?:[^/?#]+/)+\d+-[^/?#]+$")
    minimum = 3
