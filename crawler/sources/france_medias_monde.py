"""The system of France Médias Monde: RFI and France 24."""

from __future__ import annotations

from crawler.spider import NewsSpider


class FranceMediasMondeSite(NewsSpider):
    """Names as public scrapers give them; one host serves every language."""

    country = "FR"
    timezone = "Europe/Paris"
    title = "h1.t-content__title"
    lead = ".t-content__chapo"
    body = ".t-content__body"
    authors = ".m-from-author__name"
    drop = (".m-interstitial", ".t-copyright")
