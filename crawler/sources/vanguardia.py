"""Vanguardia, the paper of Villa Clara."""

from __future__ import annotations

from crawler.sources.joomla import JoomlaSite


class Vanguardia(JoomlaSite):
    name = "vanguardia"
    outlet = "Vanguardia"
    language = "es"
    hosts = ("www.vanguardia.cu", "vanguardia.cu")
    feeds = ("http://www.vanguardia.cu/?format=feed&type=rss",)
    sections = ("http://www.vanguardia.cu/villa-clara",)
    minimum = 5
