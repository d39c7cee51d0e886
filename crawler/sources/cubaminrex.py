"""Cubaminrex, the Cuban foreign ministry: statements, and the news of its embassies."""

from __future__ import annotations

import re

from crawler.sources.drupal import DrupalSite


class Cubaminrex(DrupalSite):
    """The embassies' site translates interviews that Vietnamese papers had with diplomats."""

    outlet = "Cubaminrex"
    country = "CU"
    timezone = "America/Havana"
    hosts = ("cubaminrex.cu", "www.cubaminrex.cu", "misiones.cubaminrex.cu")


class CubaminrexSpanish(Cubaminrex):
    name = "cubaminrex-es"
    language = "es"
    feeds = ("https://cubaminrex.cu/rss.xml",)
    sections = ("http://misiones.cubaminrex.cu/es/articulos", "https://cubaminrex.cu/es/declaraciones-del-minrex")
    archives = ("http://misiones.cubaminrex.cu/es/articulos?page={index}",)
    article_url = re.compile(r"^https?://[^/]+/es/(?:articulo/)?(?!declaraciones-del-minrex)[^/?#-]+(?:-[^/?#-]+){3,}$")
    minimum = 3
    evidence = "documented"
    seen = "2026-04"


class CubaminrexEnglish(Cubaminrex):
    name = "cubaminrex-en"
    language = "en"
    sections = ("http://misiones.cubaminrex.cu/en/articulos", "https://cubaminrex.cu/en/declaraciones-del-minrex")
    article_url = re.compile(r"^https?://[^/]+/en/(?:articulo/)?(?!declaraciones-del-minrex)[^/?#-]+(?:-[^/?#-]+){3,}$")
    minimum = 1
    evidence = "documented"
    seen = "2026-04"
