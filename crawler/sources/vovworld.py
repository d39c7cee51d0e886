"""VOVWorld, the foreign service of the Voice of Viet Nam (VOV5), in three of its languages."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VovWorld(VietnameseSite):
    """The editions share a host and are told apart by their folder. Names of 2018 and by analogy with the papers on
    the same system."""

    outlet = "VOVWorld"
    hosts = ("vovworld.vn", "www.vovworld.vn")
    title = "h1.article__title"
    lead = ".article__sapo"
    body = "div.article__body.cms-body, div.article__body, article.story"
    authors = ".article__author"
    published = ".article__meta time"
    drop = (".article__related",)


class VovWorldVietnamese(VovWorld):
    name = "vovworld-vi"
    language = "vi"
    feeds = ("https://vovworld.vn/vi-VN/rss/all.rss",)
    sections = ("https://vovworld.vn/vi-VN.vov",)
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>vi-VN)/[^?#]+?-(?P<id>\d+)\.vov$")
    minimum = 5


class VovWorldEnglish(VovWorld):
    """The feed is named in lists, without an answer."""

    name = "vovworld-en"
    language = "en"
    feeds = ("https://vovworld.vn/en-US/rss/all.rss",)
    sections = ("https://vovworld.vn/en-US.vov",)
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>en-US)/[^?#]+?-(?P<id>\d+)\.vov$")
    minimum = 5
    evidence = "documented"
    seen = "2026"


class VovWorldSpanish(VovWorld):
    name = "vovworld-es"
    language = "es"
    feeds = ("https://vovworld.vn/es-ES/rss/all.rss",)
    sections = ("https://vovworld.vn/es-ES.vov", "https://vovworld.vn/es-ES/vietnamiberoamerica.vov")
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>es-ES)/[^?#]+?-(?P<id>\d+)\.vov$")
    minimum = 3
