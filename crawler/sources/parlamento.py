"""The National Assembly of People's Power, Cuba's parliament."""

from __future__ import annotations

import re

from crawler.sources.drupal import DrupalSite


class Parlamento(DrupalSite):
    name = "parlamento"
    outlet = "Parlamento Cubano"
    language = "es"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("www.parlamentocubano.gob.cu", "parlamentocubano.gob.cu")
    feeds = ("https://www.parlamentocubano.gob.cu/rss.xml",)
    sections = ("https://www.parlamentocubano.gob.cu/noticias",)
    article_url = re.compile(r"^https?://[^/]+/noticias/[^/?#]+$")
    minimum = 1
