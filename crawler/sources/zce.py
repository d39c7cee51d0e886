"""The ZCE content system, which VietnamPlus, Nhân Dân and other papers of Viet Nam run on."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class ZceSite(VietnameseSite):
    """Names as public scrapers of 2022 to 2025 give them; the ones after the comma are those of older
    pages."""

    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-post(?P<id>\d+)\.html$")
    title = "h1.article__title, h1.details__headline"
    lead = ".article__sapo"
    body = "div.article__body.zce-content-body, div.article__body.cms-body, div.article__body"
    authors = ".article__author, span.author.cms-author"
    published = ".article__meta time[datetime], time.time[datetime]"
    drop: tuple[str, ...] = (".article__related", ".notebox", ".article__tag", ".zce-related")
