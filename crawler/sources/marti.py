"""Martí Noticias, the broadcaster of the United States for Cuba."""

from __future__ import annotations

import re

from crawler.sources.usagm import UsagmSite


class Marti(UsagmSite):
    name = "marti"
    outlet = "Martí Noticias"
    language = "es"
    hosts = ("www.martinoticias.com", "martinoticias.com")
    feeds = ("https://www.martinoticias.com/api/z_uqvl-vomx-tpevipt", "http://www.martinoticias.com/api/epiqq")
    # What the site adds under agency copy and its own.
    boilerplate = re.compile(r"(?:Con información de .{3,120}|\[Con información de .{3,200}\]|Síganos en .*)")
    minimum = 5
    evidence = "documented"
    seen = "2026-06"
