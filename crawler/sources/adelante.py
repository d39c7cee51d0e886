"""Adelante, the paper of Camagüey, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.joomla import JoomlaSite


class Adelante(JoomlaSite):
    outlet = "Adelante"
    hosts = ("www.adelante.cu", "adelante.cu")


class AdelanteSpanish(Adelante):
    name = "adelante-es"
    language = "es"
    feeds = ("http://www.adelante.cu/index.php/es/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/(?:index\.php/)?es/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 5


class AdelanteEnglish(Adelante):
    name = "adelante-en"
    language = "en"
    feeds = ("http://www.adelante.cu/index.php/en/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/(?:index\.php/)?en/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 1
