"""Periódico 26, the paper of Las Tunas, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.joomla import JoomlaSite


class Periodico26(JoomlaSite):
    outlet = "Periódico 26"
    hosts = ("www.periodico26.cu", "periodico26.cu")


class Periodico26Spanish(Periodico26):
    name = "periodico26-es"
    language = "es"
    feeds = ("http://www.periodico26.cu/index.php/es/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/(?:index\.php/)?es/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 5


class Periodico26English(Periodico26):
    name = "periodico26-en"
    language = "en"
    feeds = ("http://www.periodico26.cu/index.php/en/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/(?:index\.php/)?en/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 1
