"""The traps of the Cuban, Spanish and international sites, each on a saved page that has it.

Each test reads the page twice: as its source, and as a source that does not know of the trap, which must fall into it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.catalogue import source_for, sources
from crawler.extraction import Page, extract
from crawler.source import AnySite

if TYPE_CHECKING:
    from crawler.source import Source
    from storage.records import Extraction

PAGES = Path(__file__).parent.parent / "pages"


def html(case: str) -> str:
    return (PAGES / case / "page.html").read_text(encoding="utf-8")


def url_of(case: str) -> str:
    return str(json.loads((PAGES / case / "expected.json").read_text(encoding="utf-8"))["url"])


def read(case: str, source: type[Source] | None = None) -> Extraction:
    page = Page(url_of(case), (PAGES / case / "page.html").read_bytes(), "text/html; charset=utf-8")
    return extract(page, source or sources()[case.partition("/")[0]])


def published(case: str, source: type[Source] | None = None) -> str:
    moment = read(case, source).published
    assert moment is not None
    return moment.moment.isoformat()


def knowing_less(case: str, **facts: object) -> type[Source]:
    """The page's source with some of its facts forgotten."""
    source = sources()[case.partition("/")[0]]
    return type("Unaware", (source,), {"name": "", **facts})


def test_articles_that_cubadebate_embeds_in_a_page_are_not_its_text() -> None:
    case = "cubadebate-es/parque-eolico"
    unaware = read(case, knowing_less(case, drop=()))
    assert "La boya costaría" in unaware.body
    assert "La boya costaría" not in read(case).body
    assert len(read(case).body) < len(unaware.body) / 2


def test_greenwich_s_time_that_cubadebate_calls_havana_s_is_not_believed() -> None:
    case = "cubadebate-es/parque-eolico"
    assert published(case, knowing_less(case, ignores_meta_dates=False)) == "2026-07-14T15:35:23-04:00"
    assert published(case) == "2026-07-14T11:35:00-04:00"
    assert read(case).updated is None


def test_hour_of_havana_without_a_zone_follows_its_summer_time() -> None:
    assert published("cubadebate-es/parque-eolico") == "2026-07-14T11:35:00-04:00"
    assert published("cubadebate-en/mangrove-nursery") == "2026-01-19T09:12:00-05:00"
    # The clocks went forward on the morning of 8 March and back on 1 November.
    assert published("granma-es/arroz-en-los-palacios") == "2026-03-08T22:15:40-04:00"
    assert published("presidencia-es/visita-a-banes") == "2026-11-05T21:14:08-05:00"


def test_canonical_link_of_granma_to_its_home_page_makes_no_two_articles_one() -> None:
    case = "granma-es/arroz-en-los-palacios"
    assert '<link rel="canonical" href="https://www.granma.cu">' in html(case)
    canonical = read(case).canonical_url
    assert canonical is not None
    assert sources()["granma-es"].key(canonical) == sources()["granma-es"].key(url_of(case))


def test_address_of_a_home_page_in_og_url_is_no_canonical_address() -> None:
    case = "presidencia-es/visita-a-banes"
    assert 'property="og:url" content="https://www.presidencia.gob.cu"' in html(case)
    assert read(case).canonical_url is None


def test_moments_that_drupal_states_in_utc_are_the_evening_before_in_havana() -> None:
    case = "cubaminrex-en/landmine-statement"
    assert published(case) == "2026-01-28T02:05:00+00:00"
    assert "January 27, 2026" in read(case).body


def test_masthead_of_juventud_rebelde_is_not_its_headline() -> None:
    case = "juventudrebelde-es/escuela-de-robotica"
    assert '<h1><a href="/">Juventud Rebelde</a></h1>' in html(case)
    assert read(case).title == "Los robots aprenden a sembrar"


def test_second_date_on_a_line_does_not_spoil_the_first() -> None:
    assert published("juventudrebelde-es/escuela-de-robotica") == "2026-04-29T22:26:59-04:00"


def test_comments_that_are_dated_like_the_article_date_and_sign_nothing() -> None:
    case = "tribuna/panaderia-de-regla"
    assert published(case) == "2026-08-27T20:04:10-04:00"
    assert read(case).authors == ("Raquel Sierra",)


def test_account_that_joomla_was_installed_with_is_nobody_s_byline() -> None:
    case = "acn-es/cocodrilos-cienaga"
    assert 'name="author" content="Super User"' in html(case)
    assert read(case).authors == ("Bárbara Vasallo",)
    assert read("sierramaestra/tren-al-caney").authors == ()


def test_dateline_of_prensa_latina_stays_and_its_newsroom_signs_nothing() -> None:
    case = "prensa-latina-en/bicycle-plant"
    assert read(case).body.startswith("Santa Clara, Aug 5 (Prensa Latina) A factory")
    assert read(case).authors == ()


def test_credits_of_agencies_are_not_the_article_s_text() -> None:
    # Whoever is credited so is no source's own fact: the base knows it.
    assert "Con información de EFE y la prensa local." not in read("marti/remesas").body
    assert "© EFE 2026. Está expresamente prohibida" not in read("swissinfo-es/relojes").body
    for case, credit in (
        ("efe/cafe-vietnam", "(foto) (vídeo)"),
        ("dw-es/molinos", "cp (efe, epd)"),
    ):
        assert credit in read(case, knowing_less(case, boilerplate=None)).body
        assert credit not in read(case).body


def test_part_of_an_article_that_is_marked_as_paid_for_is_its_text() -> None:
    body = read("abc-es/archivo-de-indias").body
    assert body.endswith("y los tumbó el huracán de 1846.")
    assert "exclusivo para suscriptores" not in body


def test_link_of_bbc_s_feed_is_the_article_s_address() -> None:
    link = "https://www.bbc.com/mundo/articles/c4gk8d20vryo?at_medium=RSS&at_campaign=rss"
    source = source_for(link)
    assert source.name == "bbc-mundo"
    assert source.key(link) == source.key("https://www.bbc.com/mundo/articles/c4gk8d20vryo")


def test_link_of_deutsche_welle_s_feed_is_the_article_s_address() -> None:
    address = "https://www.dw.com/es/un-molino/a-75218844"
    source = source_for(f"{address}?maca=es-rss-es-all-1124-rdf")
    assert source.name == "dw-es"
    assert source.key(f"{address}?maca=es-rss-es-all-1124-rdf") == source.key(address)


def test_text_of_el_mundo_is_the_page_s_and_not_the_teaser_of_its_metadata() -> None:
    assert read("elmundo/velero").body.startswith("El casco son 3.112 botellas")


def test_sites_without_selectors_are_read_by_what_every_page_has() -> None:
    for case in ("14ymedio-es/agromercado", "eltoque/falso-bono", "lajornada/feria-libro"):
        assert (read(case).title, read(case).body) == (read(case, AnySite).title, read(case, AnySite).body)
