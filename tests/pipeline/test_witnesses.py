"""What is left to the model, and must come out in one form or another."""

from __future__ import annotations

import pytest

from pipeline.translation.entities import Entity
from pipeline.translation.masks import Masked, mask
from pipeline.translation.witnesses import facts, missing, witnesses


def named(text: str, language: str) -> list[tuple[str, str]]:
    return [(text[fact.start : fact.end], fact.english[0]) for fact in witnesses(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("un médico cubano en Angola", "es", [("cubano", "Cuban"), ("Angola", "Angola")]),
        ("las estadounidenses y EE.UU.", "es", [("estadounidenses", "US"), ("EE.UU.", "United States")]),
        ("este viernes, el lunes", "es", [("este viernes", "Friday"), ("lunes", "Monday")]),
        (
            "siete provincias, el quinto y tercer lugar",
            "es",
            [("siete", "seven"), ("quinto", "fifth"), ("tercer", "third")],
        ),
        ("dos mil casas y dos millones", "es", []),
        ("desde marzo, en español", "es", [("en español"[3:], "Spanish"), ("marzo", "March")]),
        (
            "tiếng Pháp, nước Nga, Tây Ban Nha",
            "vi",
            [("tiếng Pháp", "French"), ("nước Nga", "Russia"), ("Tây Ban Nha", "Spain")],
        ),
        (
            "thứ Sáu, lần thứ ba, lần thứ XIV",
            "vi",
            [("lần thứ XIV", "14th"), ("thứ Sáu", "Friday"), ("lần thứ ba", "third")],
        ),
        ("số 2 thế giới, vòng 6", "vi", [("2", "2"), ("6", "6")]),
        ("Liên hợp quốc, G20 và 4G", "vi", [("G20", "G20"), ("4G", "4G"), ("Liên hợp quốc", "United Nations")]),
        ("1.500, 3/4, 25 triệu, 08:30, 40%", "vi", []),
        ("Cubana, Chinamérica", "es", [("Cubana", "Cuban")]),
        ("on Monday in Cuba", "en", []),
    ],
)
def test_witnesses(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(named(text, language)) == sorted(expected)


def test_what_has_a_symbol_is_no_witness_beside_it() -> None:
    text = "Yamila Torres llegó a Santiago de Cuba el 5 de mayo"
    assert [text[fact.start : fact.end] for fact in facts(text, "es")] == [
        "Yamila Torres",
        "Santiago de Cuba",
        "5 de mayo",
    ]


@pytest.mark.parametrize(
    ("translation", "lost"),
    [
        ("On Tuesday five Cuban doctors left for Angola.", []),
        ("The 5th Cuban team, Angola’s guest, left on Tuesdays.", []),
        ("Five doctors left for Angola.", ["Cuban", "Tuesday"]),
        ("Fifteen Cubans left for Angola on Tuesday.", ["five"]),
    ],
)
def test_one_form_of_a_witness_is_enough(translation: str, lost: list[str]) -> None:
    source = "Cinco médicos cubanos partieron este martes hacia Angola."
    assert sorted(fact.english[0] for fact in missing(source, translation, "es")) == sorted(lost)


def test_a_missing_witness_can_have_a_symbol() -> None:
    source = "Cinco médicos partieron este martes con Yamila Torres."
    lost = missing(source, "Five doctors left with Yamila Torres.", "es")
    assert [fact.english[0] for fact in lost] == ["Tuesday"]
    masked = mask(source, "es", lost)
    assert masked.text == "Cinco médicos partieron ● con ★."
    assert masked.unmask("Five doctors left in ● with ★.") == "Five doctors left on Tuesday with Yamila Torres."


@pytest.mark.parametrize(
    ("text", "english", "first"),
    [
        ("La ★ publicó el ● una nota.", "Thursday", "El ●, la ★ publicó una nota."),
        ("Ana habló, ●, de la zafra.", "Thursday", "●, Ana habló, de la zafra."),
        ("El grupo partió ●.", "Thursday", "El ●, el grupo partió."),
        ("El grupo tiene ● casas.", "five", None),
        ("El grupo cantó en ★.", "French", "En ★, el grupo cantó."),
    ],
)
def test_a_day_or_a_place_can_come_first(text: str, english: str, first: str | None) -> None:
    masked = Masked(text, {"★": "French", "●": english} if "●" in text else {"★": english})
    fronted = masked.fronted(english)
    assert (fronted and fronted.text) == first


def test_what_has_a_symbol_anyway_has_one_only() -> None:
    source = "Yamila Torres partió"
    (name,) = facts(source, "es")
    assert isinstance(name, Entity)
    assert mask(source, "es", [name]) == mask(source, "es")
