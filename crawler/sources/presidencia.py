"""The Presidency and Government of Cuba."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Presidencia(NewsSpider):
    """A site of Django's. A public scraper of 2020 read the author from the first list of the article, and a
    naive local time from its time element."""

    outlet = "Presidencia de Cuba"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.presidencia.gob.cu", "presidencia.gob.cu")
    body = "article"
    authors = "article > ul:first-of-type span"
    published = "article time[datetime]"
    drop = ("article > ul:first-of-type", "article h1", ".addthis_toolbox", ".img-footer")


class PresidenciaSpanish(Presidencia):
    name = "presidencia-es"
    language = "es"
    sections = ("https://www.presidencia.gob.cu/es/noticias/",)
    article_url = re.compile(r"^https?://[^/]+/es/noticias/[^/?#]+/$")
    minimum = 3


class PresidenciaEnglish(Presidencia):
    name = "presidencia-en"
    language = "en"
    sections = ("https://www.presidencia.gob.cu/en/news/",)
    article_url = re.compile(r"^https?://[^/]+/en/(?:news|noticias)/[^/?#]+/$")
    minimum = 1
