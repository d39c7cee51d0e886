import hashlib

import pytest

from training.in_domain import FOLDER, Sentence, fold, read_sentences, score, survival

LANGUAGES = ("vi", "es")
DIGESTS = {
    "vi": "32016671ba3f4f776fc0334b28f99345053a0ce7b546af49fe4994d857ce4a83",
    "es": "d3d1070ce85307aa052db9af0fb08c2e13ed8b84404a3d8dea2c85de5a43848b",
}


def demanding(*spellings: str) -> Sentence:
    return Sentence(source="", english="", must=(spellings,))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_are_frozen(language: str) -> None:
    digest = hashlib.sha256((FOLDER / f"{language}.toml").read_bytes()).hexdigest()
    assert digest == DIGESTS[language], (
        f"{language}.toml has changed. Scores are compared across years, so restore it: "
        "a correction or an addition needs a new file, not an edit."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_sixty_sentences_and_none_twice(language: str) -> None:
    sentences = read_sentences(language)
    assert len({sentence.source for sentence in sentences}) == 60
    assert len({sentence.english for sentence in sentences}) == 60
    assert len(sentences) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_nearly_every_sentence_has_something_to_lose(language: str) -> None:
    sentences = read_sentences(language)
    assert sum(not sentence.must for sentence in sentences) <= 5
    assert all(spelling.strip() for sentence in sentences for item in sentence.must for spelling in item)
    assert all(item for sentence in sentences for item in sentence.must)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reference_survives_its_own_test(language: str) -> None:
    lost = {sentence.english: survival(sentence, sentence.english) for sentence in read_sentences(language)}
    assert {english: missing for english, missing in lost.items() if missing} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_translation_loses_everything(language: str) -> None:
    assert all(survival(sentence, "") == sentence.must for sentence in read_sentences(language))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Phạm Minh Chính", "pham minh chinh"),
        ("ĐỖ HỮU LỘC, Đà Nẵng", "do huu loc, da nang"),
        ("Việt Nam–Cuba", "viet nam-cuba"),
        ("Díaz-Canel\u00a0 Bermúdez\n", "diaz-canel bermudez"),
        ("1.500 and 1,500", "1.500 and 1,500"),
    ],
)
def test_folding_takes_off_marks_and_case_alone(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("spelling", "translation"),
    [
        ("Phạm Minh Chính", "PM Pham Minh Chinh's visit"),
        ("Pham Minh Chinh", "Phạm Minh Chính’s visit"),
        ("Havana", "(Havana)"),
        ("3", "Three ships came."),
        ("three", "3 ships came."),
        ("45", "its 45-year history"),
        ("2028", "the 2026–2028 plan"),
        ("6.5 billion", "VNĐ6.5 billion"),
        ("54", "the 54kg class"),
        ("12.6", "It rose 12.6%, to 5."),
        ("Sept. 27", "on Sept. 27."),
        ("5 p.m.", "at 5 p.m. on Monday"),
    ],
)
def test_what_survived(spelling: str, translation: str) -> None:
    assert survival(demanding(spelling), translation) == ()


@pytest.mark.parametrize(
    ("spelling", "translation"),
    [
        ("Cuba", "Cuban rice"),
        ("Hanoi", "Ha Noi"),
        ("500", "1,500 tonnes"),
        ("500", "500.5 tonnes"),
        ("500", "500,000 tonnes"),
        ("1,500", "1.500 tonnes"),
        ("8", "at 8:47"),
        ("11", "the 11th session"),
        ("13", "thirteen ships"),
        ("3 million", "three million"),
        ("May 6", "May 16"),
    ],
)
def test_what_did_not(spelling: str, translation: str) -> None:
    assert survival(demanding(spelling), translation) == ((spelling,),)


def test_one_spelling_of_an_item_is_enough() -> None:
    assert survival(demanding("Hanoi", "Hà Nội"), "Ha Noi") == ()


def test_the_share_that_survived_leaves_out_sentences_with_nothing_to_lose() -> None:
    pytest.importorskip("sacrebleu")
    sentences = [
        Sentence("Tàu đã đến cảng Mariel.", "The ship has reached Mariel port.", (("Mariel",),)),
        Sentence("Năm 2025.", "In 2025.", (("2025",),)),
        Sentence("Xin cảm ơn.", "Thank you.", ()),
    ]
    result = score(sentences, ["The ship has reached Mariel port.", "In 2024.", "Thank you."])
    assert (result.sentences, result.survived) == (3, 0.5)
    assert 0 < result.bleu < 100
    assert 0 < result.chrf < 100
