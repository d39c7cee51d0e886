"""VCCorp's content system (`afcbc`), which Tuổi Trẻ, Thanh Niên, the Government's paper and others run on."""

from __future__ import annotations

import re

from crawler.sources.vietnam import VietnameseSite


class VccorpSite(VietnameseSite):
    """Names as public tests of October 2026 on real pages of Tuổi Trẻ and the Government's paper give them.

    The number is the article: a wrong slug answers 301. It holds the moment of writing, after a prefix of the
    outlet: `100` `260807` `210051` `346`, with the zeros in front of its parts left out on some outlets.
    """

    article_url = re.compile(r"^https?://[^/]+/[^?#]+?-(?P<id>\d{14,})\.htm$")
    title = "h1.detail-title, h1[data-role=title]"
    lead = ".detail-sapo, [data-role=sapo]"
    body = "div.detail-content.afcbc-body, div.detail-content[data-role=content], div.detail-content"
    # A second block at the end of the page (.detail-author-bot) names the author once more, with the day's editor.
    authors = ".detail-author[data-role=author]:not(.detail-author-bot) .name"
    published = ".detail-time [data-role=publishdate], [data-role=publishdate]"
    # Boxes that an editor places in the text; of these only type=content is text.
    drop: tuple[str, ...] = (
        '.VCSortableInPreviewMode:not([type="content"])',
        ".detail-relate",
        ".c-banner",
        ".admzone",
        ".readmore-body-box",
    )
