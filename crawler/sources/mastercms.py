"""MasterCMS, which the papers of the Ministry of Foreign Affairs, of Industry and Trade and others run on."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class MasterCmsSite(VietnameseSite):
    """Names as public scrapers of 2026 give them for baoquocte.vn and others of the family, whose pictures all
    stand under `/stores/news_dataimages/`."""

    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{4,})\.html$")
    title = ".article-detail-title"
    lead = ".article-detail-desc"
    body = "#__MB_MASTERCMS_EL_3, .__MASTERCMS_CONTENT, div.article-detail-main, div.article-detail-content"
    authors = ".article-detail-author"
    published = ".article-detail-date, .article-date"
    # The first table of a text is a box of links, the others hold a picture and its caption.
    drop: tuple[str, ...] = (
        ".__MB_ARTICLE_A",
        "table.__mb_article_in_image",
        "table.MASTERCMS_TPL_TABLE",
        ".article-detail-source",
    )
