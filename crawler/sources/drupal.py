"""Drupal, which ministries and portals of Cuba run on."""

from __future__ import annotations

from crawler.spider import NewsSpider


class DrupalSite(NewsSpider):
    """Drupal 8 and later, whose nodes carry RDFa; a site whose theme has other names states them."""

    title = "h1.page-header, h1.page-title, h1"
    body = ".field--name-body"
    # Drupal states its moments in UTC here, whatever zone the words beside it are in.
    published = "[property='schema:dateCreated'][content]"
