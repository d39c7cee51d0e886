import pytest

from pipeline.guard import check, missing_numbers, repeats

FAITHFUL = [
    ("vi", "en", "Kim ngạch đạt 1.500 USD, tăng 3,5%.", "Trade reached 1,500 dollars, up 3.5 per cent."),
    ("vi", "en", "Ngày 9/10/2024, hai bên gặp nhau.", "On October 9, 2024, the two sides met."),
    ("vi", "en", "Có 3 tàu và 12 máy bay.", "There are three ships and twelve planes."),
    ("vi", "en", "Dự án trị giá 1.200 triệu đồng.", "The project is worth 1.2 billion dong."),
    ("vi", "en", "Cuộc họp bắt đầu lúc 14h30.", "The meeting began at 2:30 p.m."),
    ("vi", "en", "Thế kỷ 21 là của chúng ta.", "The 21st century is ours."),
    ("es", "en", "El 5 de mayo llegaron 1.250.000 toneladas.", "On May 5, 1,250,000 tonnes arrived."),
    ("es", "en", "Creció un 3.5 % y costó 2 mil millones.", "It grew 3.5 per cent and cost 2 billion."),
    ("en", "es", "It cost $1,500.50 in 2023.", "Costó 1.500,50 dólares en 2023."),
    ("en", "vi", "He came on October 3 with 20 men.", "Ông đến ngày 3 tháng 10 cùng 20 người."),
    ("vi", "en", "Ủy ban Dân tộc Phan Văn Giang.", "Ethnic Committee Phan Van Giang."),
    ("en", "es", "A tank of 104,500 barrels.", "Un tanque de 104 500 barriles."),
    ("en", "vi", "It began at 11:00.", "Nó bắt đầu lúc 11 giờ."),
    ("en", "es", "", ""),
]


@pytest.mark.parametrize(("from_code", "to_code", "source", "output"), FAITHFUL)
def test_a_faithful_translation_has_no_flag(from_code: str, to_code: str, source: str, output: str) -> None:
    assert check(source, output, from_code, to_code) == ()


@pytest.mark.parametrize(
    ("source", "output", "flag"),
    [
        ("Hai bên ký thỏa thuận.", "", "empty"),
        ("Hai bên ký thỏa thuận.", " ... ", "empty"),
        ("Hai bên ký thỏa thuận hợp tác.", "mainstremainstremainstremainstre", "repetition"),
        ("Hai bên ký thỏa thuận hợp tác.", "the the the the agreement", "repetition"),
        ("Hai bên ký thỏa thuận hợp tác.", "of the of the of the agreement", "repetition"),
        ("Hai bên ký thỏa thuận hợp tác về nông nghiệp và thủy sản.", "They sign.", "length"),
        ("Hai bên ký.", "The two sides signed an agreement on trade and many other things too.", "length"),
        ("Hai bên ký thỏa thuận hợp tác.", "Hai bên ký thỏa thuận hợp tác.", "copied"),
        ("Có 1.500 người tham dự.", "There were 1,600 people.", "number"),
        ("Năm 2024, hai bên ký thỏa thuận.", "In 2023 the two sides signed.", "number"),
        ("Ngày 9/10, hai bên gặp nhau.", "On October 3 the two sides met.", "number"),
    ],
)
def test_a_fault_is_flagged_by_its_name(source: str, output: str, flag: str) -> None:
    assert flag in check(source, output, "vi", "en")


def test_the_missing_numbers_are_named_as_the_source_writes_them() -> None:
    source = "Năm 2024 có 1.500 người và 3,5 tấn gạo."
    assert missing_numbers(source, "In 2024 there were 15 people.", "vi", "en") == ("1.500", "3,5")


def test_a_repetition_that_the_source_has_is_no_fault() -> None:
    assert check("ja ja ja ja ja", "ha ha ha ha ha", "es", "en") == ()


def test_figures_in_a_row_are_no_repetition() -> None:
    assert not repeats("0 0 0 0 0 0")
