"""What belongs to a body, and what stands beside, before and after it."""

from __future__ import annotations

import pytest
from extracting import TEXT, Example, jsonld, paragraphs, read

from crawler.source import AnySite, Source

FIRST = "La delegación recorrió tres fábricas de la provincia y conversó con los obreros sobre los planes."
SECOND = "El ministro prometió que las obras terminarán antes de la próxima temporada de lluvias en el país."
THIRD = "Los vecinos esperan desde hace diez años un puente que no se lleve la primera crecida del río Cauto."
LAST = "La próxima visita está prevista para el mes de marzo, según explicaron los organizadores del viaje."


def body(page: str, head: str = "", source: type[Source] = AnySite) -> list[str]:
    text = read(page, head, source=source, url="https://www.diario.example/mundo/una-nota").extraction.body
    return text.split("\n\n") if text else []


@pytest.mark.parametrize(
    "line",
    [
        "Lea también: Otra nota del mismo día",
        "LEE MÁS | Kenji Fujimori: exministro niega que haya negociado obras",
        "Lea: Consejo Permanente de la OEA aborda este miércoles el caso",
        "VEA TAMBIÉN: Entre heces y guaricha",
        "MIRA | El resumen de la jornada",
        "Te puede interesar: Los diez pueblos más bonitos",
        "READ MORE: China plague outbreak confirmed",
        "ALSO READ: Brace for very bad weather this weekend",
        "[Read more: A Guide to Small Business Accounting]",
        "Related: SpaceX's Starship in Pictures",
        "MORE: Map shows scale of latest onslaught",
        "Xem thêm: Giá xăng dầu hôm nay",
        ">> Đọc thêm: Lịch nghỉ Tết năm nay",
        "Mời bạn đọc: Những món ngon ngày Tết",
        "Sign up for our newsletter and never miss a story",
        "Never miss the latest news by signing up to our free daily newsletter here",
        "Get the best of our stories delivered to your inbox weekly",
        "Follow The Gleaner on Twitter and Instagram @JamaicaGleaner and on Facebook @GleanerJamaica.",
        "CLICK HERE TO GET THE FOX NEWS APP",
        "Do you have a story to share? Email: news@diario.example",
        "Suscríbase a nuestro boletín diario",
        "¿Ya sabías que tenemos canal de Telegram? Únete desde tu celular en este enlace de invitación.",
        "¡Mira lo que tiene nuestro canal de YouTube!",
        "Síguenos en Telegram, Instagram, Facebook y Twitter",
        "Puede escribirnos a ana@diario.example o seguir a Materia en Facebook",
        "Mời quý độc giả theo dõi báo trên Facebook",
        "Theo dõi chúng tôi trên Google News",
        "For more stories like this, check our news page.",
        "We want to hear what you think about this article. Submit a letter to the editor.",
        "Questions? Comments? Email us at news@diario.example",
        "Please share these posts with your friends and colleagues.",
        "Tell us what YOU think...",
        "Get Diario Example delivered through your letterbox every month. 12 issues for 11 pesos.",
        "Déjanos tu opinión en los comentarios",
        "Comparte esta noticia con tus amigos",
        "Hãy để lại bình luận bên dưới",
        "This is a breaking news story - more to follow",
        "Noticia en desarrollo. Más detalles en breve.",
        "This article was originally published by Diario Example. Read the original.",
        "Este artículo fue publicado originalmente en Diario Example.",
        "This article is the copyrighted property of Diario Example.",
        "This material may not be published, broadcast, rewritten or redistributed.",
        "Prohibida la reproducción total o parcial de este contenido",
        "Hong Kong 'threatened with intervention' [REACTION]",
        "Advertisement",
        "Publicidad",
        "Quảng cáo",
        "Comentarios",
        "Sigue leyendo",
        "Foto: Juvenal Balán",
        "Ảnh: TTXVN",
        "Nguồn: TTXVN",
        "Photo: AFP",
        "Copyright © 2026 Diario. All rights reserved.",
        "copyright Inexhibit 2019 - ISSN: 2283-5474",
        "Associated Press writers Alan Fram and Zeke Miller contributed to this report.",
        "Con información de EFE",
        "• Email: ana@diario.example",
        "Actualizado el 5 de octubre de 2026",
        "5 min read",
    ],
)
def test_line_that_is_worded_for_something_else_is_left_out(line: str) -> None:
    assert body(f"<article>{paragraphs(FIRST, line, SECOND, LAST)}</article>") == [FIRST, SECOND, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "El buque registró un récord de carga en el Canal de Panamá, informó la autoridad.",
        "El presidente lo anunció en su canal de Telegram y en las redes sociales.",
        "Los dos países suscribieron un acuerdo para crear un canal de televisión.",
        "—Mira: yo no vine a hablar de eso —dijo el escritor.",
        "“Lean también a los clásicos”, recomendó a los estudiantes.",
        "Más de mil personas vieron la película: la sala estaba llena.",
        "Relacionado con el caso hay otros dos detenidos, dijo la fiscal.",
        "Like many people in Hà Nội, she sells her coffee on Facebook.",
        "The agent earns a commission on every house that is sold.",
        "Copyright law protects the songs of the two musicians.",
        "For more news of their sons the families waited outside the ministry.",
        "We want to hear what you think, the president told the farmers.",
        "The two countries share a border, and please the crowds with their music.",
        "Tell us what you think of the bridge, the minister asked the neighbours at the end of the visit.",
        "La ministra comparte esta opinión con los vecinos del barrio.",
        "This is a developing country that exports rice, coffee and, since last year, electronics.",
        "The story was first told by the fishermen of the village.",
        "The article of the law that was originally drafted in May may not be changed.",
        "El decreto prohíbe la reproducción de obras sin permiso de sus autores.",
        "He called it a reaction [in his own words] to the measures.",
        "Published by the ministry, the decree takes effect next week.",
        "Related crimes will be tried together, the court said.",
        "500 workers will be trained at the new plant, the minister said.",
        "Người dân tải ứng dụng VNeID để làm thủ tục.",
        "Nhiều người theo dõi trận đấu trên Facebook của câu lạc bộ.",
        "Hai bên đăng ký tham gia kênh đối thoại thường niên.",
        "Fotos y videos del acto circularon enseguida por la ciudad.",
        "Nguồn nước của tỉnh vẫn bảo đảm cho vụ đông xuân.",
        "The source of the river lies in the mountains, 40 km away.",
    ],
)
def test_sentence_that_only_resembles_such_a_line_stays(line: str) -> None:
    assert body(f"<article>{paragraphs(FIRST, SECOND, line, LAST)}</article>") == [FIRST, SECOND, line, LAST]


def test_list_under_the_heading_of_other_articles_goes_with_it() -> None:
    links = "<ul><li><a href=/1>Una nota de ayer sobre el puente</a></li><li><a href=/2>Otra nota más</a></li></ul>"
    page = f"<article>{paragraphs(FIRST, SECOND)}<h3>Notas relacionadas</h3>{links}{paragraphs(THIRD, LAST)}</article>"
    assert body(page) == [FIRST, SECOND, THIRD, LAST]


def test_list_of_the_article_itself_stays() -> None:
    items = "<ul><li>Bayamo, en la provincia de Granma</li><li>Contramaestre, en Santiago de Cuba</li></ul>"
    page = f"<article>{paragraphs(FIRST)}<h3>Las obras</h3>{items}{paragraphs(SECOND, LAST)}</article>"
    assert "- Bayamo, en la provincia de Granma" in body(page)


def test_links_that_end_a_text_are_links_to_other_articles() -> None:
    links = "".join(f'<p><a href="/{n}">Una nota de ayer sobre el puente {n}</a></p>' for n in range(3))
    assert body(f"<article>{paragraphs(FIRST, SECOND, THIRD, LAST)}{links}</article>") == [FIRST, SECOND, THIRD, LAST]


def test_paragraph_that_begins_with_a_link_stays() -> None:
    page = f'<article>{paragraphs(FIRST, SECOND, THIRD)}<p><a href="/x">La próxima visita</a>{LAST[17:]}</p></article>'
    assert body(page)[-1] == LAST


def test_headline_and_what_stands_above_it_are_no_part_of_the_body() -> None:
    page = (
        f"<article><p>Economía</p><p>Lunes, 5 de octubre de 2026</p><h1>Inauguran un puente en Bayamo</h1>"
        f"{paragraphs(FIRST, SECOND, LAST)}</article>"
    )
    assert body(page, '<meta property="og:title" content="Inauguran un puente">') == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("line", ["Por Ana Pérez", "Ana Pérez", "Diario Example", "5 de octubre de 2026, 10:15"])
def test_byline_and_dateline_at_an_end_of_the_text_are_left_out(line: str) -> None:
    head = jsonld(headline="x", author={"@type": "Person", "name": "Ana Pérez"}, publisher={"name": "Diario Example"})
    assert body(f"<article>{paragraphs(line, FIRST, SECOND, LAST)}</article>", head) == [FIRST, SECOND, LAST]
    assert body(f"<article>{paragraphs(FIRST, SECOND, LAST, line)}</article>", head) == [FIRST, SECOND, LAST]


@pytest.mark.parametrize("heading", ["About the author", "Sobre el autor", "Về tác giả", "Disclaimer:"])
def test_what_stands_under_the_author_s_portrait_is_left_out(heading: str) -> None:
    portrait = f"<h3>{heading}</h3><p>Ana Pérez escribe sobre puentes.</p>"
    assert body(f"<article>{paragraphs(FIRST, SECOND, THIRD, LAST)}{portrait}</article>") == [
        FIRST,
        SECOND,
        THIRD,
        LAST,
    ]


def test_chapter_about_an_author_stays() -> None:
    page = f"<article>{paragraphs(FIRST)}<h3>Sobre el autor</h3>{paragraphs(SECOND, THIRD, LAST)}</article>"
    assert body(page) == [FIRST, "Sobre el autor", SECOND, THIRD, LAST]


@pytest.mark.parametrize(
    "beside",
    [
        "<figure><img src=x><figcaption>Los obreros en la fábrica, el lunes pasado, en Bayamo</figcaption></figure>",
        "<div class='wp-caption'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class='related-posts'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div id='newsletter-box'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<section class='comments'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></section>",
        "<div class='tin-lien-quan'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<nav><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></nav>",
        "<div class=tags><a href=/1>Los obreros en la fábrica</a></div>",
        "<div class=tplCaption><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class='block-cta'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class='legal-disclosure'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class='latest-news-box'><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class=leer-mas><p>Los obreros en la fábrica, el lunes pasado, en Bayamo</p></div>",
        "<div class=siguenos>Síguenos en <em>Telegram,</em> <em>Instagram</em> y <em>Facebook</em></div>",
    ],
)
def test_what_is_named_for_standing_beside_the_text_is_left_out(beside: str) -> None:
    page = f"<article>{paragraphs(FIRST, SECOND)}{beside}{paragraphs(THIRD, LAST)}</article>"
    assert body(page) == [FIRST, SECOND, THIRD, LAST]


CAPTION = "Los obreros en la fábrica, el lunes pasado, durante la visita de la delegación a la ciudad de Bayamo."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='image-widget'><div><img src=x></div><p>{CAPTION}</p></div>",
        f"<div class=foto><picture><img src=x></picture><span>{CAPTION}</span></div>",
        f"<ul><li class='article-photo'><img src=x><p>{CAPTION}</p></li></ul>",
    ],
)
def test_box_of_a_picture_is_its_caption(box: str) -> None:
    page = f"<article>{paragraphs(FIRST, SECOND)}{box}{paragraphs(THIRD, LAST)}</article>"
    assert body(page) == [FIRST, SECOND, THIRD, LAST]


def test_box_of_a_picture_that_holds_an_article_s_text_stays() -> None:
    boxes = "".join(f"<div class=photo><img src=x><p>{text}</p></div>" for text in (FIRST, SECOND, THIRD, LAST))
    assert body(f"<h1>Una nota</h1><article>{boxes}</article>") == [FIRST, SECOND, THIRD, LAST]


def test_link_around_a_heading_and_paragraphs_is_the_teaser_of_another_article() -> None:
    card = f"<li><a href=/x><h1>Otra nota de ayer</h1><p>{THIRD} {THIRD}</p></a></li>"
    page = f"<div><h1>Una nota</h1><div>{paragraphs(FIRST, SECOND, LAST)}</div><ul>{card * 2}</ul></div>"
    assert body(page, "<title>Una nota</title>") == [FIRST, SECOND, LAST]


def test_link_that_was_never_closed_does_not_take_the_article_with_it() -> None:
    page = f"<div><h1>Una nota</h1><a href=/x><div>{paragraphs(FIRST, SECOND, THIRD, LAST)}</div></div>"
    assert body(page) == [FIRST, SECOND, THIRD, LAST]


def test_headline_that_is_a_link_stays() -> None:
    head = '<meta property="og:title" content="Una nota">'
    page = f"<article><a href=/x><h1>Una nota</h1></a>{paragraphs(FIRST, SECOND, THIRD, LAST)}</article>"
    assert body(page, head) == [FIRST, SECOND, THIRD, LAST]


def test_quotation_that_is_set_as_a_figure_is_text() -> None:
    quote = f"<figure class=quote><blockquote><p>{THIRD}</p></blockquote></figure>"
    assert body(f"<article>{paragraphs(FIRST, SECOND)}{quote}{paragraphs(LAST)}</article>") == [
        FIRST,
        SECOND,
        THIRD,
        LAST,
    ]


def test_link_in_capitals_between_paragraphs_is_a_link_to_another_article() -> None:
    link = '<p><a href="/x">RENUNCIA EL MINISTRO DE TRANSPORTE TRAS EL DERRUMBE</a></p>'
    heading = "LOS PLANES DE LAS TRES FÁBRICAS DE BAYAMO"
    page = f"<article>{paragraphs(FIRST)}{link}<h3>{heading}</h3>{paragraphs(SECOND, THIRD, LAST)}</article>"
    assert body(page) == [FIRST, heading, SECOND, THIRD, LAST]


def test_page_that_goes_on_with_the_next_article_ends_with_its_own() -> None:
    following = f"<article><h1>Otra nota</h1>{paragraphs(THIRD, LAST)}</article>"
    page = f"<main><article><h1>Una nota</h1>{paragraphs(FIRST, SECOND)}</article>{following}{following}</main>"
    assert body(page, "<title>Una nota</title>") == [FIRST, SECOND]


def test_article_around_or_within_the_own_one_is_no_following_one() -> None:
    live = f"<article><h1>Minuto a minuto</h1>{paragraphs(THIRD, LAST)}</article>"
    page = f"<article><article><h1>Una nota</h1>{paragraphs(FIRST, SECOND)}{live}</article></article>"
    assert body(page, "<title>Una nota</title>")[-2:] == [THIRD, LAST]


def test_element_that_holds_the_article_is_kept_whatever_its_name() -> None:
    halves = (paragraphs(FIRST, SECOND), paragraphs(THIRD, LAST))
    page = "".join(f"<div class='sidebar-grid'>{half}</div>" for half in halves)
    assert body(f"<h1>Una nota</h1>{page}") == [FIRST, SECOND, THIRD, LAST]


def test_menu_that_was_never_closed_does_not_take_the_article_with_it() -> None:
    assert body(f"<nav><a href=/>Portada</a><h1>Una nota</h1>{paragraphs(FIRST, SECOND, THIRD, LAST)}") == [
        FIRST,
        SECOND,
        THIRD,
        LAST,
    ]


def test_page_of_which_the_quick_search_finds_a_small_part_is_searched_again() -> None:
    """The text stands in a form beside a short `article`, where trafilatura's own rules do not look."""
    notice = "<article><p>Esta nota se actualizará en cuanto haya más información de la redacción.</p></article>"
    page = f"<h1>Una nota</h1>{notice}<div class=x>{paragraphs(*(f'{number}. {TEXT}' for number in range(9)))}</div>"
    assert len(body(page)) >= 9


DESCRIBED = jsonld(headline="Una nota", articleBody=" ".join((FIRST, SECOND, THIRD)))


def test_what_follows_the_last_paragraph_of_the_page_s_own_description_is_not_the_article() -> None:
    page = f"<article>{paragraphs(FIRST, SECOND, THIRD)}<p>Tu suscripción se usa en otro dispositivo</p></article>"
    assert body(page, DESCRIBED) == [FIRST, SECOND, THIRD]


def test_subheading_that_the_description_leaves_out_stays() -> None:
    page = f"<article>{paragraphs(FIRST)}<h3>El puente</h3>{paragraphs(SECOND, THIRD)}</article>"
    assert body(page, DESCRIBED) == [FIRST, "El puente", SECOND, THIRD]


def test_teaser_in_the_description_cuts_nothing() -> None:
    head = jsonld(headline="Una nota", articleBody=FIRST)
    assert body(f"<article>{paragraphs(FIRST, SECOND, THIRD)}</article>", head) == [FIRST, SECOND, THIRD]


def test_description_is_the_body_of_a_page_that_shows_none() -> None:
    head = jsonld(headline="Una nota", articleBody=f"&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;{THIRD}")
    assert body("<div id=app></div>", head) == [FIRST, SECOND, THIRD]


def test_body_of_the_source_s_own_selector_is_tidied_as_well() -> None:
    lines = paragraphs(FIRST, "Lea también: Otra nota", SECOND, "Foto: archivo", LAST)
    assert body(f"<div class=story>{lines}</div>", source=Example) == [FIRST, SECOND, LAST]
