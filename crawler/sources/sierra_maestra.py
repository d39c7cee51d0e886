"""Sierra Maestra, the paper of Santiago de Cuba."""

from __future__ import annotations

from crawler.sources.joomla import JoomlaSite


class SierraMaestra(JoomlaSite):
    name = "sierramaestra"
    outlet = "Sierra Maestra"
    language = "es"
    hosts = ("www.sierramaestra.cu", "sierramaestra.cu")
    feeds = ("https://www.sierramaestra.cu/index.php?format=feed&type=rss",)
    sections = ("https://www.sierramaestra.cu/index.php/titulares",)
    minimum = 5
