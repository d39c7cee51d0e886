import json
import random
import subprocess
import sys
import unicodedata

import pytest

from pipeline.language import identify

SENTENCES = {
    "vi": "Thượng tướng Trịnh Văn Quyết tiếp đoàn đại biểu quân sự cấp cao Cuba tại Hà Nội.",
    "es": "El ministro de las Fuerzas Armadas recibió a la delegación vietnamita en La Habana.",
    "en": "The two ministries signed a memorandum on training and said that the work would begin soon.",
}
NEIGHBOURS = {
    "pt": "O ministro disse que as relações entre os dois países não são apenas históricas, mas também atuais.",
    "ca": "El ministre va dir que les relacions entre els dos països són molt bones i que continuaran així.",
    "gl": "O ministro dixo que as relacións entre os dous países non son só históricas e que unha delegación virá.",
    "fr": "Le ministre a déclaré que les relations entre les deux pays sont excellentes et qu'elles continueront.",
    "it": "Il ministro ha detto che le relazioni tra i due paesi sono ottime e che continueranno così.",
    "id": "Menteri itu mengatakan bahwa hubungan antara kedua negara tersebut sangat baik dan akan berlanjut.",
    "ro": "Ministrul a spus că relațiile dintre cele două țări sunt foarte bune și că vor continua.",
    "zh": "部长表示，两国关系非常好。",
    "ru": "Министр сказал, что отношения между двумя странами очень хорошие.",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_of_the_wire_is_recognised(language: str) -> None:
    verdict = identify(SENTENCES[language])
    assert verdict.language == language
    assert verdict.probability > 0.9


@pytest.mark.parametrize("language", SENTENCES)
def test_capitals_and_combining_marks_change_nothing(language: str) -> None:
    text = SENTENCES[language]
    for form in (text.upper(), unicodedata.normalize("NFD", text), unicodedata.normalize("NFD", text.upper())):
        assert identify(form).language == language


@pytest.mark.parametrize("language", NEIGHBOURS)
def test_a_language_that_is_not_the_wires_is_called_other(language: str) -> None:
    assert identify(NEIGHBOURS[language]).language == "other"


@pytest.mark.parametrize("language", NEIGHBOURS)
@pytest.mark.parametrize("claim", ["vi", "es", "en"])
def test_a_claim_does_not_override_a_clear_text(language: str, claim: str) -> None:
    assert identify(NEIGHBOURS[language], claim=claim).language == "other"


@pytest.mark.parametrize(
    ("text", "claim"),
    [("Editorial", "es"), ("Editorial", "en"), ("Tropical", "es"), ("Tropical", "en"), ("Ha Long", "vi")],
)
def test_a_claim_tips_a_text_that_says_little(text: str, claim: str) -> None:
    assert identify(text, claim=claim).language == claim


def test_vietnamese_typed_without_marks_is_vietnamese() -> None:
    text = "Chinh phu Viet Nam va Cuba ky thoa thuan hop tac ve nong nghiep trong nam nay"
    assert identify(text).language == "vi"


@pytest.mark.parametrize(
    "text",
    [
        "Trịnh Văn Quyết meets Phan Văn Giang and Nguyễn Trọng Nghĩa in Hà Nội",
        "General Trịnh Văn Quyết, Đỗ Xuân Tụng and Lê Quốc Hùng visited Sơn Tây and Đà Nẵng on Monday.",
        "Nguyễn Thị Kim Ngân, Phạm Minh Chính, Võ Văn Thưởng were present",
    ],
)
def test_english_full_of_vietnamese_names_is_english(text: str) -> None:
    assert identify(text).language == "en"


@pytest.mark.parametrize("text", ["", " \n", "1.500 - 2.000", "— … !", "https://example.org/tin-tuc @vov #cuba", "a"])
def test_a_text_without_words_is_other_with_no_probability(text: str) -> None:
    verdict = identify(text, claim="es")
    assert (verdict.language, verdict.probability) == ("other", 0.0)
    assert verdict.evidence["by"] == "nothing to read"


def test_few_letters_are_never_sure() -> None:
    assert identify("no").probability < 0.7


def test_the_evidence_is_json_and_says_what_decided() -> None:
    for text in (*SENTENCES.values(), *NEIGHBOURS.values(), "Cuba", "?"):
        evidence = identify(text, claim="vi").evidence
        assert json.loads(json.dumps(evidence))["by"]


def test_the_verdict_does_not_depend_on_what_was_read_before() -> None:
    texts = [*SENTENCES.values(), *NEIGHBOURS.values(), "Raúl Castro", "nueva ley", "hợp tác", "good news"]
    first = [identify(text) for text in texts]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    again = {at: identify(texts[at]) for at in order}
    assert [again[at] for at in range(len(texts))] == first


def test_importing_the_module_loads_neither_langdetect_nor_numpy() -> None:
    code = "import sys, pipeline.language; sys.exit(bool({'langdetect', 'numpy'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
