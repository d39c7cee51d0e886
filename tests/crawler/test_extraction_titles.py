"""Which of a page's titles is the headline."""

from __future__ import annotations

import pytest
from extracting import jsonld, read

from crawler.source import AnySite

PLACE = "https://www.diario.example/mundo/"


def title(body: str, head: str = "", slug: str = "nota") -> str | None:
    return read(body, head, source=AnySite, url=PLACE + slug).extraction.title


def og(text: str) -> str:
    return f'<meta property="og:title" content="{text}">'


@pytest.mark.parametrize(
    "ending", [" | Cuba", " | Especial: elecciones", " | El mundo | Cuba", " | Cuba | Diario Example"]
)
def test_section_behind_a_bar_is_no_part_of_the_headline(ending: str) -> None:
    site = '<meta property="og:site_name" content="Diario Example">'
    found = title(f"<h1>Inauguran un puente nuevo en Bayamo{ending}</h1>", site + og("Inauguran un puente en Bayamo"))
    assert found in {"Inauguran un puente nuevo en Bayamo", "Inauguran un puente nuevo en Bayamo | El mundo"}


@pytest.mark.parametrize("text", ["MIRA | Así fue la inauguración del puente", "Cuba | Bayamo tiene un puente nuevo"])
def test_label_before_a_bar_does_not_become_the_headline(text: str) -> None:
    assert title(f"<h1>{text}</h1>", og(text)) == text


def test_headline_below_the_site_s_own_heading_is_found_by_the_metadata() -> None:
    body = "<h1>Portada</h1><h2>Suscríbase</h2><h2>Inauguran un puente nuevo en Bayamo</h2>"
    assert title(body, og("Inauguran puente nuevo en Bayamo")) == "Inauguran un puente nuevo en Bayamo"


def test_heading_of_a_section_is_no_headline() -> None:
    body = "<h1>Portada</h1><h2>Inauguran las obras de un puente sobre el río Cauto tras años de espera</h2>"
    assert title(body, og("Inauguran puente")) == "Inauguran puente"


HEADING = "Cuba exporta por primera vez mango a Hà Nội"
OTHER = "Cuba exporta mango: se abre el mercado de Hà Nội"
AGREED = jsonld(headline=OTHER) + f"<title>{OTHER} - diario.example</title>"


def test_metadata_that_agree_with_each_other_and_the_address_outvote_a_heading_that_nothing_bears_out() -> None:
    assert title(f"<h1>{HEADING}</h1>", AGREED, "cuba-exporta-mango-abre-mercado-ha-noi.html") == OTHER


def test_heading_stays_the_headline_where_the_address_was_made_from_it() -> None:
    assert title(f"<h1>{HEADING}</h1>", AGREED, "cuba-exporta-primera-vez-mango-a-ha-noi.html") == HEADING


def test_heading_stays_the_headline_where_any_metadata_bear_it_out() -> None:
    assert title(f"<h1>{HEADING}</h1>", AGREED + og(HEADING), "cuba-exporta-mango-abre-mercado-ha-noi.html") == HEADING


def test_marks_of_vietnamese_do_not_hide_the_words_of_the_address() -> None:
    heading, other = "Việt Nam và Cuba mở đường bay thẳng", "Việt Nam, Cuba: mở đường bay thẳng Hà Nội - La Habana"
    head = jsonld(headline=other) + f"<title>{other}</title>"
    assert title(f"<h1>{heading}</h1>", head, "mo-duong-bay-thang-ha-noi-la-habana-123.html") == other


@pytest.mark.parametrize(
    "text",
    [
        "Diario Example | Inauguran un puente en Bayamo",
        "DIARIO EXAMPLE :: Inauguran un puente en Bayamo :: Diario Example",
        "diario.example - Inauguran un puente en Bayamo",
        "Inauguran un puente en Bayamo -- Diario.example",
        "Inauguran un puente en Bayamo : Diario Example",
    ],
)
def test_name_of_the_site_is_taken_off_either_end(text: str) -> None:
    site = '<meta property="og:site_name" content="Diario Example">'
    assert title("<p>x", site + f"<title>{text}</title>") == "Inauguran un puente en Bayamo"


def test_metadata_in_the_address_s_very_words_outvote_a_heading_that_says_something_else() -> None:
    head = og("Las notas del puente") + "<title>El puente de Bayamo y sus notas del año</title>"
    heading = "<h1>El puente de Bayamo y todas sus notas</h1>"
    assert title(heading, head, "sobre-nosotros/las-notas-del-puente") == "Las notas del puente"
    assert title(heading, head, "las-notas-del-puente-de-bayamo") == "El puente de Bayamo y todas sus notas"


def test_page_without_any_title_has_none() -> None:
    assert title("<p>texto") is None
