"""VTV, the state television of Viet Nam."""

from __future__ import annotations

from crawler.sources.vccorp import VccorpSite


class Vtv(VccorpSite):
    """Its feeds date with `+07`. The selectors are those of the family: older pages had `#entry-body`."""

    name = "vtv"
    outlet = "VTV"
    language = "vi"
    hosts = ("vtv.vn", "www.vtv.vn")
    feeds = ("https://vtv.vn/rss/home.rss", "https://vtv.vn/rss/the-gioi.rss")
    title = "h1.detail-title, h1[data-role=title], h1.title_detail"
    lead = ".detail-sapo, [data-role=sapo], h2.sapo"
    body = "div.detail-content.afcbc-body, div.detail-content, #entry-body"
    signatures = ("Ban Thời sự", "Báo điện tử VTV")
    minimum = 60
    evidence = "live"
    seen = "2026-08"
