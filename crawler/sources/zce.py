"""The ZCE content system, which VietnamPlus, Nhân Dân and other papers of Viet Nam run on."""

from __future__ import annotations

from crawler.spider import NewsSpider


class ZceSite(NewsSpider):
    """Names as public scrapers of 2022 to 2025 give them; the ones after the comma are those of older
    pages."""

    country = "VN"
    timezone = "Asia/Ho_Chi_Minh"
    title = "h1.article__title, h1.details__headline"
    lead = ".article__sapo"
    body = "div.article__body.zce-content-body, div.article__body.cms-body, div.article__body"
    authors = ".article__author, span.author.cms-author"
    published = ".article__meta time[datetime], time.time[datetime]"
    drop = (".article__related", ".notebox", ".article__tag", ".zce-related")
