"""What is read of a text before any two are compared."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from pipeline.grouping.dates import read_days, read_weekdays
from pipeline.grouping.document import Document
from pipeline.grouping.figures import read_figures, read_ordinals
from pipeline.grouping.names import read_names
from pipeline.grouping.passages import shared_passages
from pipeline.grouping.places import read_places
from pipeline.grouping.signals import UNDATED, Signals, read_signals
from pipeline.grouping.wording import sketch, split_dateline

PUBLISHED = datetime(2025, 10, 5, 9, tzinfo=UTC)


def document(body: str, language: str = "en", published: datetime | None = PUBLISHED) -> Document:
    return Document("a", language, "", body, published, "Nhân Dân")


@pytest.mark.parametrize(
    ("language", "text", "figures"),
    [
        ("vi", "hơn 1.500 tấn, 8,5 % và 6,5 tỷ đồng", {"1500", "8.5", "6500000000"}),
        ("es", "más de 1.500 toneladas, 8,5 % y 6.500 millones de dongs", {"1500", "8.5", "6500000000"}),
        ("en", "over 1,500 tonnes, 8.5 percent and VNĐ6.5 billion", {"1500", "8.5", "6500000000"}),
        ("es", "10 000 personas", {"10000"}),
        ("en", "a magnitude-4.6 tremor at 9.42 am, COVID-19", {"4.6"}),
        ("vi", "lúc 15 giờ 30 ngày hôm qua", set()),
    ],
)
def test_a_figure_is_the_same_in_every_language(language: str, text: str, figures: set[str]) -> None:
    assert read_figures(text, language) == figures


def test_a_report_says_which_of_a_series_it_is() -> None:
    assert read_ordinals("Rice drive passes target on fourth day", "en") == {"4"}
    assert read_ordinals("Ngày thứ tư quyên góp gạo cho Cuba", "vi") == {"4"}
    assert read_ordinals("Clausuran la cuarta jornada", "es") == {"4"}


@pytest.mark.parametrize(
    ("language", "text"),
    [("vi", "ngày 3/10"), ("en", "on October 3"), ("es", "el 3 de octubre"), ("es", "Hanói, 3 oct")],
)
def test_a_day_is_resolved_against_the_publication(language: str, text: str) -> None:
    assert read_days(text, language, date(2025, 10, 5)) == {"2025-10-03"}
    assert read_days(text, language, None) == {"--10-03"}


def test_a_day_in_january_of_an_article_of_december_is_of_the_next_year() -> None:
    assert read_days("ngày 2/1", "vi", date(2025, 12, 30)) == {"2026-01-02"}


def test_a_day_that_does_not_exist_is_none() -> None:
    assert read_days("ngày 31/2 và 45/13", "vi", date(2025, 3, 1)) == frozenset()


def test_a_weekday_is_the_last_one() -> None:
    assert read_weekdays("signed on Friday", "en", date(2025, 10, 5)) == {"2025-10-03"}
    assert read_weekdays("sáng thứ Sáu", "vi", date(2025, 10, 5)) == {"2025-10-03"}
    assert read_weekdays("người thứ hai", "vi", date(2025, 10, 5)) == frozenset()


def test_names_lose_their_marks_and_sentence_openings() -> None:
    assert read_names("Theo ông Trịnh Văn Quyết, chuyến thăm diễn ra tốt đẹp.", "vi") == ("trinh van quyet",)
    assert read_names("Yesterday the minister Trinh Van Quyet left.", "en") == ("trinh van quyet",)


def test_a_place_has_one_code() -> None:
    for language, text in (("vi", "tại La Habana, Cuba"), ("es", "en La Habana, Cuba"), ("en", "in Havana, Cuba")):
        assert read_places(text, language) == {"CU-HAB", "CU"}


@pytest.mark.parametrize(
    "dateline",
    ["HÀ NỘI — ", "Hanói, 3 sep (Prensa Latina) - ", "VOV.VN - ", "CAM LỘ, Quảng Trị — ", "LA HABANA - ", "(TTXVN) - "],
)
def test_dateline_and_sign_off_are_no_wording(dateline: str) -> None:
    assert split_dateline(f"{dateline}The talks began. — VNS") == (dateline, "The talks began.")


def test_a_text_without_a_dateline_keeps_its_first_words() -> None:
    assert split_dateline("Việt Nam and Cuba signed - at last.")[1] == "Việt Nam and Cuba signed - at last."


def test_the_sketch_has_at_least_24_hashes_and_fits_sqlite() -> None:
    assert len(sketch(frozenset(range(2**64 - 100, 2**64)))) == 24
    assert sketch(frozenset({2**64 - 1})) == (-1,)


def test_signals_survive_json() -> None:
    signals = read_signals(document("Twelve doctors from Hanoi left for Havana on October 3 with 1,500 doses."))

    assert Signals.from_json(json.loads(json.dumps(signals.to_json()))) == signals


BAD_BODIES = ["", "five words and no more", "từ " * 50_000, "1. 2. 3.\n- a\n- b\n" * 200, "\x00 \uffff", "A" * 100_000]


@pytest.mark.parametrize("body", BAD_BODIES, ids=["empty", "five", "long", "list", "control", "one-word"])
@pytest.mark.parametrize("year", [None, 1, 2199, 9999])
def test_any_text_and_any_date_give_bounded_signals(body: str, year: int | None) -> None:
    published = None if year is None else datetime(year, 6, 1, tzinfo=UTC)

    signals = read_signals(document(body, "vi", published))

    assert len(json.dumps(signals.to_json())) < 120_000
    assert (signals.day == UNDATED) == (published is None)


def test_the_first_hours_of_the_year_1_are_a_day() -> None:
    assert (
        read_signals(document("x", published=datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=7))))).day == UNDATED + 1
    )


def test_a_language_of_another_world_still_gives_signals() -> None:
    assert read_signals(document("O governo anunciou 1500 vagas em 2025.", "other")).figures == ("1500", "2025")


def test_shared_passages_are_the_longest_runs_in_common() -> None:
    one = "The guests from Havana planted two royal palms at the hill and went on to Huế."
    other = "On Monday they planted two royal palms at the hill; the guests from Havana sang."

    assert shared_passages(one, other) == ("planted two royal palms at the hill", "the guests from havana")
    assert shared_passages("", one) == ()
