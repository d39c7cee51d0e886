"""Tiền Phong, the daily of the Hồ Chí Minh Communist Youth Union."""

from __future__ import annotations

import re

from crawler.sources.zce import ZceSite


class TienPhong(ZceSite):
    name = "tienphong"
    outlet = "Tiền Phong"
    language = "vi"
    hosts = ("tienphong.vn", "www.tienphong.vn")
    feeds = ("https://tienphong.vn/rss/home.rss",)
    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-post(?P<id>\d+)\.tpo$")
    minimum = 60
    evidence = "live"
    seen = "2026-08"
