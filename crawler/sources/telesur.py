"""teleSUR, the television of Venezuela and its partners, in Spanish and in English."""

from __future__ import annotations

import re

from crawler.sources.wordpress import WordPressSite


class Telesur(WordPressSite):
    """WordPress since 2024, laid out with Elementor."""

    outlet = "teleSUR"
    country = "VE"
    timezone = "America/Caracas"
    title = "h1.elementor-heading-title, h1.entry-title"
    body = ".elementor-widget-theme-post-content, .entry-content"
    boilerplate = re.compile(r"(?:LEA TAMBIÉN|READ ALSO|ALSO READ):?")


class TelesurSpanish(Telesur):
    name = "telesur-es"
    language = "es"
    hosts = ("www.telesurtv.net", "telesurtv.net")
    feeds = ("https://www.telesurtv.net/feed/",)
    minimum = 20


class TelesurEnglish(Telesur):
    name = "telesur-en"
    language = "en"
    hosts = ("www.telesurenglish.net", "telesurenglish.net")
    feeds = ("https://www.telesurenglish.net/feed/",)
    minimum = 5
