"""Agencia Cubana de Noticias (ACN), the news agency for Cuba's own press, and its English service."""

from __future__ import annotations

import re

from crawler.sources.joomla import JoomlaSite


class Acn(JoomlaSite):
    """A template of JoomlArt, as a public spider of 2022 read it; addresses of today carry no number."""

    outlet = "ACN"
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/[^/?#-]+(?:-[^/?#-]+){3,}$")
    title = "h1.article-title, h2.article-title"
    body = "section.article-content"


class AcnSpanish(Acn):
    name = "acn-es"
    language = "es"
    hosts = ("www.acn.cu", "acn.cu")
    feeds = ("https://www.acn.cu/rss.xml", "https://www.acn.cu/?format=feed&type=rss")
    sections = ("https://www.acn.cu/cuba", "https://www.acn.cu/mundo", "https://www.acn.cu/economia")
    minimum = 10
    evidence = "documented"
    seen = "2022-09"


class AcnEnglish(Acn):
    name = "acn-en"
    language = "en"
    hosts = ("www.cubanews.acn.cu", "cubanews.acn.cu")
    feeds = ("https://www.cubanews.acn.cu/?format=feed&type=rss",)
    sections = ("https://www.cubanews.acn.cu/cuba", "https://www.cubanews.acn.cu/world")
    minimum = 3
