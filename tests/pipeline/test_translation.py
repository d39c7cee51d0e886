from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest

from pipeline import guard
from pipeline.errors import BadPackage, MissingPackage
from pipeline.translation import Engine, Package, add, starters, translate_lines, verify
from pipeline.translation.engine import engine_for
from pipeline.translation.packages import Decoding
from pipeline.translation.protection import pieces, readable
from pipeline.translation.smoke import smoke_test

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("argos_home")


@pytest.fixture
def vi_en(vi_en_file: Path) -> Engine:
    return engine_for(add(vi_en_file))


def invented_sentences(phrases: Sequence[str], count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    return [
        " ".join([*chance.choices(phrases, k=chance.randint(1, 25)), str(chance.randint(1, 3000))]) + "."
        for _ in range(count)
    ]


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = {"argostranslate", "ctranslate2", "sentencepiece", "langdetect", "numpy"}
    code = f"import sys, pipeline.translation; sys.exit(bool({heavy} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_each_sentence_has_one_rendering_in_its_place(vi_en: Engine) -> None:
    sentences = ["Bộ trưởng sẽ thăm Trung Quốc.", "", "Hôm nay trời mưa.", "Bộ trưởng sẽ thăm Trung Quốc."]
    renderings = vi_en.translate(sentences)
    assert [rendering.text for rendering in renderings] == [
        "The minister will visit China.",
        "",
        "Today it rains.",
        "The minister will visit China.",
    ]
    assert all(rendering.score <= 0 for rendering in renderings)


def test_no_sentences_have_no_renderings(vi_en: Engine) -> None:
    assert vi_en.translate([]) == []


def test_a_batch_a_single_sentence_and_another_order_say_the_same(vi_en: Engine, lexical: dict[str, Any]) -> None:
    sentences = invented_sentences(list(lexical["VI_EN"]), 150)
    together = vi_en.translate(sentences)
    shuffled = sentences[:]
    random.Random(2).shuffle(shuffled)
    assert dict(zip(shuffled, vi_en.translate(shuffled), strict=True)) == dict(zip(sentences, together, strict=True))
    assert [vi_en.translate([sentence])[0] for sentence in sentences] == together


def test_progress_reaches_the_number_of_different_texts(vi_en: Engine) -> None:
    seen: list[tuple[int, int]] = []
    vi_en.translate(["đoàn thăm", "đoàn gặp đoàn", "đoàn thăm"], progress=lambda done, all_: seen.append((done, all_)))
    assert seen[-1] == (2, 2)


@pytest.mark.parametrize(
    "kept",
    ["https://a.example.vn/tin_tức?x_y=1", "ban_bt@vov.vn", "@foo_bar", "#Viet_Cuba", "www.granma.cu", "vov.vn/a_b"],
)
def test_what_is_no_prose_comes_out_as_it_went_in(vi_en: Engine, kept: str) -> None:
    assert vi_en.translate([f"đoàn thăm {kept} và Trung Quốc"])[0].text == f"the delegation visit {kept} and China"
    assert vi_en.translate([kept])[0].text == kept


@pytest.mark.parametrize("text", ["1.500 - 2.000", "3,5%", "***", "— …", "  "])
def test_a_line_without_letters_comes_back_as_it_is(vi_en: Engine, text: str) -> None:
    assert vi_en.translate([text])[0].text == text


def test_a_headline_in_capitals_is_read_in_sentence_case(vi_en: Engine) -> None:
    assert vi_en.translate(["BỘ TRƯỞNG SẼ THĂM TRUNG QUỐC"])[0].text == "The minister will visit China"


@pytest.mark.parametrize(
    ("shouted", "read"),
    [
        ("VIỆT NAM VÀ CUBA KÝ THỎA THUẬN", "Việt Nam và Cuba ký thỏa thuận"),
        ("EE.UU. BLOQUEA A CUBA OTRA VEZ", "EE.UU. bloquea a Cuba otra vez"),
        ("UNESCO", "UNESCO"),
        ("VOV và TTXVN đưa tin", "VOV và TTXVN đưa tin"),
    ],
)
def test_only_a_shouted_line_is_lowered(shouted: str, read: str) -> None:
    assert readable(shouted) == read


def test_the_pieces_of_a_sentence_join_to_the_sentence() -> None:
    sentence = "Xem https://a.vn/b_c. Viết cho x_y@z.vn, @vov nhé (#tin)."
    assert "".join(piece.text for piece in pieces(sentence)) == sentence


def test_a_text_longer_than_the_model_reads_is_translated_to_its_end(vi_en: Engine) -> None:
    words = [f"đoàn thăm Trung Quốc vào năm {number}," for number in range(100)]
    output = vi_en.translate([" ".join(words)])[0].text
    assert guard.missing_numbers(" ".join(words), output, "vi", "en") == ()


def test_a_word_that_is_longer_than_any_word_stays_as_it_is(vi_en: Engine) -> None:
    word = "x,y" * 500
    assert vi_en.translate([f"đoàn thăm {word}"])[0].text == f"the delegation visit {word}"


def test_a_repetition_is_decoded_again_and_the_better_try_kept(vi_en: Engine) -> None:
    looped = " ".join(["đoàn gặp"] * 12)
    assert guard.repeats(" ".join(["the delegation met"] * 12))
    assert vi_en.translate([looped])[0].text == " ".join(["the delegation met"] * 12), "the source repeats itself"


def test_lines_come_back_in_number_and_order(vi_en: Engine) -> None:
    lines = ["Hôm nay trời mưa. Bộ trưởng sẽ thăm Trung Quốc.", "", "  ", "1.500", "Hai nước đã ký thỏa thuận."]
    assert translate_lines(lines, "vi", "en") == [
        "Today it rains. The minister will visit China.",
        "",
        "",
        "1.500",
        "The two countries signed agreement.",
    ]


def test_a_pair_without_a_package_goes_through_english(vi_en: Engine, en_es_file: Path) -> None:
    add(en_es_file)
    seen: list[tuple[int, int]] = []
    lines = translate_lines(
        ["Bộ trưởng sẽ thăm Trung Quốc."], "vi", "es", progress=lambda done, total: seen.append((done, total))
    )
    assert lines == ["Los ministros van a visitar China."]
    assert seen == [(1, 2), (2, 2)]


def test_a_language_into_itself_is_left_alone() -> None:
    assert translate_lines(["Same  text.", ""], "en", "en") == ["Same  text.", ""]


def test_a_missing_pair_says_how_to_get_it() -> None:
    with pytest.raises(MissingPackage, match=r"triwire models install en-vi"):
        translate_lines(["Hello."], "en", "vi")


def test_an_unknown_decoding_option_is_refused() -> None:
    with pytest.raises(BadPackage, match="beams=4"):
        Decoding.read({"beams": 4}, "translate-vi_en")


STARTER_PHRASES = {
    "vi": ("Hôm nay", "Bộ trưởng", "hai nước", "Việt Nam", "Cuba", "ký", "thỏa thuận", "về nông nghiệp", "đoàn"),
    "es": ("Hoy", "el ministro", "los dos países", "Vietnam", "Cuba", "firmaron", "un acuerdo", "y la delegación"),
}


@pytest.mark.skipif(not starters(), reason="this build has no starter packages")
class TestStarters:
    @pytest.fixture(params=["vi", "es"])
    def starter(self, request: pytest.FixtureRequest) -> Package:
        return next(package for package in starters() if package.from_code == request.param)

    def test_the_listed_hash_is_the_files(self, starter: Package) -> None:
        assert {found.state for found in verify() if found.package == starter} == {"intact"}

    def test_it_translates_into_english(self, starter: Package) -> None:
        smoke_test(engine_for(starter))

    @pytest.mark.slow
    def test_neighbours_and_order_change_nothing(self, starter: Package) -> None:
        sentences = list(dict.fromkeys(invented_sentences(STARTER_PHRASES[starter.from_code], 560)))[:500]
        assert len(sentences) == 500
        engine = engine_for(starter)
        together = engine.translate(sentences)
        shuffled = sentences[:]
        random.Random(3).shuffle(shuffled)
        by_sentence = dict(zip(shuffled, engine.translate(shuffled), strict=True))
        assert [by_sentence[sentence] for sentence in sentences] == together
        some = range(0, 500, 10)
        assert [engine.translate([sentences[at]])[0] for at in some] == [together[at] for at in some]
