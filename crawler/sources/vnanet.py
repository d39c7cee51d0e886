"""Vietnam Pictorial, the monthly of the Vietnam News Agency, in three of its editions."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VietnamPictorial(VietnameseSite):
    """The editions share a host and are told apart by their folder. The addresses are real, the listings and the
    names of the page's parts are not confirmed."""

    outlet = "Vietnam Pictorial"
    hosts = ("vietnam.vnanet.vn",)
    lead = ".sapo, .des-detail"
    body = "div.content-detail, div.detail-content, div.content-news-detail"
    authors = ".author-detail"
    published = ".time-detail, .post-time"
    drop = (".author-detail",)


class VietnamPictorialVietnamese(VietnamPictorial):
    name = "vnanet-vi"
    language = "vi"
    sections = (
        "https://vietnam.vnanet.vn/vietnamese/tin-van/",
        "https://vietnam.vnanet.vn/vietnamese/long-form/",
    )
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>vietnamese)/[^?#]+?-(?P<id>\d+)\.html$")
    minimum = 2


class VietnamPictorialEnglish(VietnamPictorial):
    name = "vnanet-en"
    language = "en"
    sections = ("https://vietnam.vnanet.vn/english/tin-van/",)
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>english)/[^?#]+?-(?P<id>\d+)\.html$")
    minimum = 1


class VietnamPictorialSpanish(VietnamPictorial):
    """Vietnam Ilustrado."""

    name = "vnanet-es"
    language = "es"
    sections = ("https://vietnam.vnanet.vn/spanish/tin-van/",)
    article_url = re.compile(r"^https?://[^/]+/(?P<edition>spanish)/[^?#]+?-(?P<id>\d+)\.html$")
    minimum = 1
