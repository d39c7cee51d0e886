"""CiberCuba, a news site of Cubans abroad, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class CiberCuba(NewsSpider):
    """Drupal with addresses of its own: `/noticias/2026-10-02-u1-e199-s27061-nid312345-slug`, where `nid` is the
    article's number."""

    outlet = "CiberCuba"
    country = "US"
    timezone = "America/New_York"
    # The line under the headline: `Jueves, 30 Julio, 2026 - 20:15 (GMT-5)`.
    boilerplate = re.compile(r"\w+, \d{1,2} \w+, \d{4} - \d{2}:\d{2} \(GMT[+-]\d+\)")
    article_url = re.compile(r"^https?://[^/]+/noticias/\d{4}-\d{2}-\d{2}-[^/?#]*nid(?P<id>\d+)-[^/?#]+$")


class CiberCubaSpanish(CiberCuba):
    name = "cibercuba-es"
    language = "es"
    hosts = ("www.cibercuba.com", "cibercuba.com")
    feeds = ("https://www.cibercuba.com/rss.xml",)
    minimum = 30
    evidence = "documented"
    seen = "2026-09"


class CiberCubaEnglish(CiberCuba):
    name = "cibercuba-en"
    language = "en"
    hosts = ("en.cibercuba.com",)
    feeds = ("https://en.cibercuba.com/rss.xml",)
    minimum = 10
    evidence = "documented"
    seen = "2026-09"
