"""Radio Rebelde, Cuba's national news radio, and the English section of its site."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class RadioRebelde(WordPressSite):
    """Every address ends with the day: `-26082026/`."""

    outlet = "Radio Rebelde"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.radiorebelde.cu", "radiorebelde.cu")


class RadioRebeldeSpanish(RadioRebelde):
    name = "radiorebelde-es"
    language = "es"
    feeds = ("https://www.radiorebelde.cu/feed/",)
    article_url = re.compile(r"^https?://[^/]+/(?!english/)(?:[^/?#]+/)*[^/?#]+-\d{8}/?$")
    minimum = 10
    evidence = "documented"
    seen = "2025-11"


class RadioRebeldeEnglish(RadioRebelde):
    name = "radiorebelde-en"
    language = "en"
    feeds = ("https://www.radiorebelde.cu/english/feed/",)
    sections = ("https://www.radiorebelde.cu/english/",)
    article_url = re.compile(r"^https?://[^/]+/english/(?:[^/?#]+/)*[^/?#]+-\d{8}/?$")
    minimum = 2
