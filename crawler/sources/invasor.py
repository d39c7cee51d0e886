"""Invasor, the paper of Ciego de Ávila."""

from __future__ import annotations

import re

from crawler.sources.joomla import JoomlaSite


class Invasor(JoomlaSite):
    """Addresses without the article's number."""

    name = "invasor"
    outlet = "Invasor"
    language = "es"
    hosts = ("www.invasor.cu", "invasor.cu")
    feeds = ("http://www.invasor.cu/es/?format=feed&type=rss",)
    sections = ("http://www.invasor.cu/es/secciones/sociedad",)
    article_url = re.compile(r"^https?://[^/]+/es/(?:[^/?#]+/)+[^/?#-]+(?:-[^/?#-]+){2,}$")
    minimum = 5
