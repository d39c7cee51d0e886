"""Pages that stand in an article's place."""

from __future__ import annotations

import pytest
from extracting import TEXT, jsonld, paragraphs, read

from crawler.errors import NoArticle
from crawler.source import AnySite


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<title>404 Not Found</title><h1>Not Found</h1>", "an error page"),
        ("<title>Error 404 | Diario</title><p>La página que busca no existe.</p>", "an error page"),
        ("<title>Diario</title><h1>Página no encontrada</h1><p>Vuelva a la portada.</p>", "an error page"),
        ("<h1>Oops! This page could not be found</h1>", "an error page"),
        ("<h1>503 Service Unavailable</h1>", "an error page"),
        ("<h1>Access denied</h1><p>You do not have access to this site.</p>", "an error page"),
        ("<h1>Trang bạn tìm không tồn tại</h1>", "an error page"),
        ("<title>Lỗi 404</title><p>Không tìm thấy nội dung.</p>", "an error page"),
        ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", "a check of the browser"),
        ("<h1>Verify you are human</h1>", "a check of the browser"),
        ("<title>Before you continue</title><p>We use cookies.</p>", "a request for consent"),
        ("<h1>We value your privacy</h1><p>We and our partners store information.</p>", "a request for consent"),
        (
            "<h1>Su privacidad nos importa</h1><p>Nosotros y nuestros socios usamos cookies.</p>",
            "a request for consent",
        ),
    ],
)
def test_page_in_an_article_s_place_is_named_for_what_it_is(page: str, what: str) -> None:
    with pytest.raises(NoArticle) as caught:
        read(page, source=AnySite)
    assert caught.value.reason == what


@pytest.mark.parametrize(
    "headline",
    [
        "Access denied: why Cuban artists cannot travel",
        "500 obreros levantan el puente de Bayamo",
        "Your privacy is for sale, and here is the price",
        "Không tìm thấy tàu cá mất tích ở Trường Sa",
        "Page turned: a library in Hà Nội closes",
    ],
)
def test_article_about_such_things_is_an_article(headline: str) -> None:
    dated = jsonld(headline=headline, datePublished="2026-10-05T08:00:00Z")
    assert read(f"<h1>{headline}</h1><article><p>Breve.</p></article>", dated, source=AnySite).extraction.title
    long = paragraphs(*(f"{number}. {TEXT}" for number in range(6)))
    assert read(f"<h1>{headline}</h1><article>{long}</article>", source=AnySite).extraction.title == headline
