"""¡Ahora!, the paper of Holguín."""

from __future__ import annotations

import re

from crawler.sources.joomla import JoomlaSite


class Ahora(JoomlaSite):
    outlet = "¡Ahora!"
    hosts = ("www.ahora.cu", "ahora.cu")


class AhoraSpanish(Ahora):
    name = "ahora-es"
    language = "es"
    feeds = ("http://www.ahora.cu/es/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/es/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 5


class AhoraEnglish(Ahora):
    name = "ahora-en"
    language = "en"
    feeds = ("http://www.ahora.cu/en/?format=feed&type=rss",)
    article_url = re.compile(r"^https?://[^/]+/en/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    minimum = 1
