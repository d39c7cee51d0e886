"""Cubadebate, the most read news site of Cuba, and its English edition."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class Cubadebate(NewsSpider):
    """WordPress under a theme of its own. `#anexos_list` holds whole articles beside the one that is read, and the
    metadata state Greenwich's time as Havana's (`15:35:23-04:00` for 11:35)."""

    outlet = "Cubadebate"
    country = "CU"
    timezone = "America/Havana"
    article_url = re.compile(r"^https?://[^/]+/[a-z-]+/\d{4}/\d{2}/\d{2}/[^/?#]+/?$")
    title = "h2.title"
    body = "div.note_content"
    authors = "#taxonomies a[href*='/autor/']"
    published = "time[datetime]"
    ignores_meta_dates = True
    drop = ("#anexos_list", "#moreposts", "#taxonomies", ".twitter-tweet", ".wp-caption", "section.relates")


class CubadebateSpanish(Cubadebate):
    name = "cubadebate-es"
    language = "es"
    hosts = ("www.cubadebate.cu", "cubadebate.cu")
    feeds = ("http://www.cubadebate.cu/feed/",)
    archives = ("http://www.cubadebate.cu/{day:%Y/%m/%d}/page/{page}/",)
    minimum = 20
    evidence = "documented"
    seen = "2026-04"


class CubadebateEnglish(Cubadebate):
    name = "cubadebate-en"
    language = "en"
    hosts = ("en.cubadebate.cu",)
    feeds = ("http://en.cubadebate.cu/feed/",)
    archives = ("http://en.cubadebate.cu/{day:%Y/%m/%d}/page/{page}/",)
    minimum = 1
    evidence = "documented"
    seen = "2026"
