"""Joomla, which the Cuban News Agency and several papers of the provinces run on."""

from __future__ import annotations

import re

from crawler.spider import NewsSpider


class JoomlaSite(NewsSpider):
    """Class names of Joomla's own article view; a site whose template has others states them."""

    country = "CU"
    timezone = "America/Havana"
    # Joomla puts the number of the article before its slug; the slug follows the headline when that is changed.
    article_url = re.compile(r"^https?://[^/]+/(?:[^?#]+/)?(?P<id>\d+)-[^/?#]+$")
    title = ".page-header [itemprop=headline], .page-header h2, .page-header h1"
    body = "[itemprop=articleBody]"
    authors = ".article-info .createdby [itemprop=name], .article-info .createdby"
    published = ".article-info time[itemprop=datePublished], .article-info .published time, .article-info .create time"
    drop = (".moduletable",)
