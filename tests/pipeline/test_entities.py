"""Names and figures that are put into English without a model, and the symbols that stand for them."""

from __future__ import annotations

import time

import pytest

from pipeline.translation.entities import entities
from pipeline.translation.figure_words import unmarked
from pipeline.translation.masks import MASKS, Masked, mask, mask_pair
from pipeline.translation.witnesses import facts


def found(text: str, language: str) -> list[tuple[str, str]]:
    return [(text[entity.start : entity.end], entity.english[0]) for entity in entities(text, language)]


VIETNAMESE_FIGURES = [
    ("Sáng 14/8, tại Hà Nội", [("14/8", "August 14")]),
    ("ngày 2-9-1945", [("ngày 2-9-1945", "September 2, 1945")]),
    ("Ngày 2 tháng 12 năm 1960", [("Ngày 2 tháng 12 năm 1960", "December 2, 1960")]),
    ("vào tháng 2/1994", [("tháng 2/1994", "February 1994")]),
    ("tháng Tám năm 2027", [("tháng Tám năm 2027", "August 2027")]),
    ("trong 10 tháng năm 2025", [("10", "10"), ("2025", "2025")]),
    ("sau 3 tháng 10 ngày", [("3", "three"), ("10", "10")]),
    ("đạt 187,4 triệu USD, tăng 12,6%", [("187,4 triệu", "187.4 million"), ("12,6%", "12.6%")]),
    ("1.250 tỷ đồng", [("1.250 tỷ", "1.25 trillion")]),
    ("50 nghìn lượt khách", [("50 nghìn", "50,000")]),
    ("20 nghìn tỷ đồng", [("20 nghìn tỷ", "20 trillion")]),
    ("10.250 tấn gạo", [("10.250", "10,250")]),
    ("giai đoạn 2026-2030", [("2026-2030", "2026-2030")]),
    ("lần thứ 7", []),
    ("18 giờ hôm qua, đến 9 giờ ngày 4/10", [("18 giờ", "6 p.m."), ("9 giờ", "9 o'clock"), ("ngày 4/10", "October 4")]),
    ("lúc 14 giờ, lúc 8h30 và lúc 7 giờ sáng", [("14 giờ", "2 p.m."), ("8h30", "8:30"), ("7 giờ sáng", "7 a.m.")]),
    ("sau 17 giờ và 45 phút", [("45", "45")]),
    ("máy bay C-295, G77, U18 và 14h30", []),
    ("đạt 1,500 tấn", []),
    ("1.960 tấn năm 1960", [("1.960", "1,960"), ("1960", "1960")]),
    ("từ ngày 3 đến ngày 7/10", [("ngày 3 đến ngày 7/10", "October 3 to 7")]),
    ("ngày 8, 9 và 10 tháng 3 năm 2024", [("ngày 8, 9 và 10 tháng 3 năm 2024", "March 8, 9 and 10, 2024")]),
    ("ngày 9-10 tháng 8", [("ngày 9-10 tháng 8", "August 9-10")]),
    ("từ ngày 30 tháng 5 đến ngày 15 tháng 7", [("ngày 30 tháng 5", "May 30"), ("ngày 15 tháng 7", "July 15")]),
    ("Sáng nay 30-8, hôm 24.9", [("30-8", "August 30"), ("24.9", "September 24")]),
    ("dịp Quốc khánh 2-9", [("2-9", "September 2")]),
    ("thắng 2-1, còn đỉnh lũ 23-10", [("2-1", "2-1")]),
    ("giảm đến 1/3 dân số", []),
    ("mùng 5 tháng 5 và ngày 23 tháng 12 âm lịch", []),
    ("mỗi tháng hai lần, vào tháng hai", [("tháng hai", "February")]),
    ("ngày 18 tháng Năm", [("ngày 18 tháng Năm", "May 18")]),
    ("vào đầu những năm 1990", [("đầu những năm 1990", "the early 1990s")]),
    ("thập niên 80 của thế kỷ trước", [("thập niên 80 của thế kỷ trước", "the 1980s")]),
    ("cuối thế kỷ 19", [("cuối thế kỷ 19", "the late 19th century")]),
    ("trong quý III/2025", [("quý III/2025", "the third quarter of 2025")]),
    ("lớp 5, vòng 3, kỷ niệm 65 năm", []),
    ("phiên bản 2.0, $5 và 5 km", [("2.0", "2.0"), ("5", "5"), ("5", "5")]),
    ("2 tỷ 300 triệu đồng", [("2 tỷ 300 triệu", "2.3 billion")]),
    ("từ 3.500 đến 4.000 tỷ đồng", [("3.500 đến 4.000 tỷ", "3.5 to 4 trillion")]),
    ("năm 2014 tỷ lệ và 500 triệu phú", [("2014", "2014"), ("500", "500")]),
    ("tăng 2,5-3%", [("2,5-3%", "2.5-3%")]),
    ("hotline 086957 7133", []),
    ("Từ 1/7, giá tăng; giảm từ 1/3 xuống 1/4", [("1/7", "July 1")]),
    (
        "2,5 triệu hàng hóa, doanh thu 2026, hành trình 12 tháng sau",
        [("2,5 triệu", "2.5 million"), ("2026", "2026"), ("12", "12")],
    ),
    ("tu ngay 8 den ngay 12/10", [("ngay 8 den ngay 12/10", "October 8 to 12")]),
    ("vao thang 6 nam sau, trong quy II/2025", [("thang 6", "June"), ("quy II/2025", "the second quarter of 2025")]),
    ("sang 4/5, luc 14 gio 30", [("4/5", "May 4"), ("14 gio 30", "2:30 p.m.")]),
    ("dat 3,2 ty USD, tang 9 phan tram", [("3,2 ty", "3.2 billion"), ("9 phan tram", "9%")]),
    ("2 ngan hang, lan thu 7, 12 thang sau, thang hai", [("2", "two"), ("12", "12")]),
    ("Nghị quyết 57-NQ/TW, Nghị định 123/2024/NĐ-CP", []),
]
SPANISH_FIGURES = [
    ("el 9 de octubre de 2026", [("9 de octubre de 2026", "October 9, 2026")]),
    ("La Habana, 9 oct (ACN)", [("9 oct", "October 9"), ("ACN", "ACN")]),
    ("hasta el 3 de marzo.", [("3 de marzo", "March 3")]),
    ("el 1ro. de enero de 1959", [("1ro. de enero de 1959", "January 1, 1959")]),
    ("en febrero de 1994", [("febrero de 1994", "February 1994")]),
    ("frente al mar de 2026", [("2026", "2026")]),
    ("187,4 millones de dólares", [("187,4 millones", "187.4 million")]),
    ("14 mil 600 toneladas", [("14 mil 600", "14,600")]),
    ("mil 200 casas", [("mil 200", "1,200")]),
    ("2,5 mil millones de pesos", [("2,5 mil millones", "2.5 billion")]),
    ("un 38 por ciento más", [("38 por ciento", "38%")]),
    ("5,5 %", [("5,5 %", "5.5%")]),
    ("unos 6.300 aficionados", [("6.300", "6,300")]),
    ("el 7mo congreso y la 41 sesión", [("7mo", "7th"), ("41", "41st")]),
    ("la XXXIII Feria Internacional", [("XXXIII", "33rd")]),
    ("la XLVII sesión y el LIX Congreso", [("XLVII", "47th"), ("LIX", "59th")]),
    ("de categoría 4, en la fase 2", [("categoría 4", "category 4"), ("fase 2", "phase 2")]),
    ("Felipe VI en la fase III", []),
    ("a las 14:30 horas", [("14:30 horas", "2:30 p.m.")]),
    ("a las 3:10 p. m. y a las 8 de la noche", [("3:10 p. m.", "3:10 p.m."), ("8 de la noche", "8 p.m.")]),
    ("las 24 horas y las 5 provincias", [("5", "5")]),
    ("del 3 al 7 de octubre de 2025", [("3 al 7 de octubre de 2025", "October 3 to 7, 2025")]),
    ("en los años 80 y 90", [("los años 80 y 90", "the 1980s and 1990s")]),
    ("a finales de los sesenta", [("a finales de los sesenta", "in the late 1960s")]),
    ("antes del siglo XIX", [("del siglo XIX", "the 19th century")]),
    ("música del siglo XX", [("del siglo XX", "of the 20th century")]),
    ("los 80 países de los 80.", [("80", "80")]),
    ("2 mil 300 millones", [("2 mil 300 millones", "2.3 billion")]),
    ("dos mil 300 casas", []),
    ("491 millones 850 mil 299.37 pesos", [("491 millones 850 mil 299.37", "491,850,299.37")]),
    ("entre 3.500 y 4.000 millones", [("3.500 y 4.000 millones", "3.5 and 4 billion")]),
    ("120 000 millones", [("120 000 millones", "120 billion")]),
    ("2 millones y medio", [("2 millones y medio", "2.5 million")]),
    ("(153 822/2 240 191)", []),
    ("1867-22 de abril de 1922", [("1922", "1922")]),
    ("6. En ese contexto", []),
    ("la colonia Primero de Julio", []),
]


@pytest.mark.parametrize(("text", "expected"), VIETNAMESE_FIGURES)
def test_vietnamese_figures(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "vi") == expected


@pytest.mark.parametrize(("text", "expected"), SPANISH_FIGURES)
def test_spanish_figures(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, "es") == expected


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Thủ tướng Phạm Minh Chính hội đàm tại Hà Nội", ["Phạm Minh Chính"]),
        ("Thu tuong Pham Minh Chinh den tham", ["Pham Minh Chinh"]),
        ("Tổng Bí thư Tô Lâm tiếp Đại sứ Cuba Rogelio Polanco Fuentes", ["Tô Lâm", "Rogelio Polanco Fuentes"]),
        ("Chủ tịch Cuba Miguel Díaz-Canel Bermúdez thăm TP Hồ Chí Minh", ["Miguel Díaz-Canel Bermúdez", "Hồ Chí Minh"]),
        ("Đoàn Thanh niên Thái Lan và Hà Lan ở Thái Bình Dương", []),
        ("Hồ Tây đẹp, Quảng Ninh đông khách", ["Quảng Ninh"]),
        ("Đảng Cộng sản Việt Nam và ASEAN", []),
        ("Công ty Nông nghiệp Hưng Điền cho biết", ["Hưng Điền"]),
        ("Bộ Chính trị, Đoàn Thanh niên, Liên Hợp Quốc và Trung Quốc đã", []),
        ("Đồng chí đến phố Láng Hạ.", ["Láng Hạ"]),
        ("ở 29 Giảng Võ, Hà Nội; ở Giảng Võ", ["29", "Giảng Võ"]),
        ("Ngài Tổng Thống, Nhà Trắng và Trái Đất", []),
        ("Theo Reuters, do Foxconn và I-rắc, Pa-ki-xtan", ["Reuters", "Foxconn"]),
        ("HLV Real Madrid Xabi Alonso và John F. Kennedy", ["Xabi Alonso", "John F. Kennedy"]),
        ("Chủ tịch Trung Quốc và Thạch Chánh Lệ, Nguyễn Văn Hùng", ["Nguyễn Văn Hùng"]),
        ("Dinh Độc Lập, Arab Saudi, người Wales", []),
        ("Ông Trần Văn An Phó Giám đốc", ["Trần Văn An"]),
        ("Đồng chí Osmel Rivalta Poey đến Lào Cai, Thái Bình Dương", ["Osmel Rivalta Poey", "Lào Cai"]),
        ("Ong Do Van Chien den Lao Cai", ["Do Van Chien", "Lao Cai"]),
        ("Quỹ Dân số (UNFPA) và tổ chức FAO gặp UBND tỉnh ở trường học (THCS), trị giá nhiều USD", ["UNFPA", "FAO"]),
        (
            "đường Nguyễn Thái Bình, hãng Prensa Latina, Vietnam Airlines",
            ["Nguyễn Thái Bình", "Prensa Latina", "Vietnam Airlines"],
        ),
    ],
)
def test_names_in_vietnamese(text: str, names: list[str]) -> None:
    assert [original for original, _ in found(text, "vi")] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("El canciller Bruno Rodríguez Parrilla viajó a Hanói", ["Bruno Rodríguez Parrilla", "Hanói"]),
        ("precisó Íñigo Larrazábal Ortiz, director", ["Íñigo Larrazábal Ortiz"]),
        ("Juan Manuel de la Cruz habló", ["Juan Manuel de la Cruz"]),
        ("el primer ministro Pham Minh Chinh y Phạm Minh Chính", ["Pham Minh Chinh", "Phạm Minh Chính"]),
        ("Da Nang y Ciudad Ho Chi Minh", ["Da Nang", "Ho Chi Minh"]),
        ("la Asamblea Nacional del Poder Popular", []),
        ("de Santiago de Cuba a Sancti Spiritus", ["Santiago de Cuba", "Sancti Spiritus"]),
        ("la ONU y el CIGB", ["CIGB"]),
        ("la compañía Phuoc Thanh y el hotel Thang Loi", ["Phuoc Thanh", "Thang Loi"]),
        ("según explicó Díaz-Canel", ["Díaz-Canel"]),
        ("Guerra en Medio Oriente", []),
        ("Arribó Yaritza Ruvalcaba a Brasil y Londres", ["Yaritza Ruvalcaba"]),
        ("BioCubaFarma y la Quimefa", ["BioCubaFarma", "Quimefa"]),
        ("LA UNE INFORMA", []),
        ("un Airbus A330-200 y un C-295", ["Airbus"]),
        ("Le Monde, La Habana, México y Estados Unidos", ["Le Monde"]),
        ("Juan Pérez y María López", ["Juan Pérez", "María López"]),
        ("El Partido Comunista de Cuba", []),
        ("Recibe Díaz-Canel al enviado", ["Díaz-Canel"]),
        ("Juan Pablo II y Luis el Germánico", []),
        ("John Aldworth de Letcombe", ["John Aldworth", "Letcombe"]),
        ("EE. UU., EE.UU., la UE/EEE y el siglo", []),
        ("MADRID, en LOS PALACIOS", []),
        ("la Consejería, la Supercopa y los Paramédicos", []),
        ("en Nueva York, Virginia Occidental y Uzbekistán", ["Virginia"]),
        ("la VCCI y el papa Juan XXIII", ["VCCI"]),
        (
            "dijo Yamila Corzo Rey a Dunia Pastor Quial y a Yusimí Plaza",
            ["Yamila Corzo Rey", "Dunia Pastor Quial", "Yusimí Plaza"],
        ),
        (
            "el huracán Pedro, la finca La Esperanza y el buque Río Cauto de Cuba",
            ["Pedro", "La Esperanza", "Río Cauto"],
        ),
        ("por la red social X, en la escala Sieberg-Ambraseys", ["X", "Sieberg-Ambraseys"]),
        ("en Loma del Sol y Arroyo de la Palma", []),
        ("PetroCaribe y el rituximab contra el oropouche", ["PetroCaribe", "rituximab", "oropouche"]),
        ("un proestadounidense y los estadounidenses", []),
        ("la Casa de las Américas y Radio Rebelde", ["Casa de las Américas", "Radio Rebelde"]),
        ("la Trinidad, la Santísima Trinidad, José Trinidad", []),
        ("de Luong Hai Phong a Trinidad", ["Luong Hai Phong", "Trinidad"]),
    ],
)
def test_names_in_spanish(text: str, names: list[str]) -> None:
    assert [original for original, _ in found(text, "es")] == names


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Ông Tập Cận Bình ở Vũ Hán", "vi", [("Tập Cận Bình", "Xi Jinping"), ("Vũ Hán", "Wuhan")]),
        ("tỉnh Hồ Nam, Trung Quốc", "vi", [("Hồ Nam", "Hunan")]),
        ("tỉnh Hồ Nam", "vi", []),
        ("Báo Sài Gòn Giải Phóng và ở Sài Gòn", "vi", [("Sài Gòn", "Saigon")]),
        ("informe del OIEA en París", "es", [("OIEA", "IAEA"), ("París", "Paris")]),
        ("bài thơ về Bác Hồ", "vi", [("Bác Hồ", "Uncle Hồ")]),
        ("la Uneac en Hanói", "es", [("Uneac", "UNEAC"), ("Hanói", "Hanoi")]),
    ],
)
def test_names_that_english_spells_otherwise(text: str, language: str, expected: list[tuple[str, str]]) -> None:
    assert found(text, language) == expected


def test_other_languages_have_none() -> None:
    assert entities("On 3 March Nguyen Van A met 5 people", "en") == ()


def test_without_marks_every_letter_keeps_its_place() -> None:
    text = "Trịnh Đình Dũng, año, İstanbul, ½"
    assert unmarked(text) == "Trinh Dinh Dung, ano, Istanbul, ½"
    assert len(unmarked(text)) == len(text)


def test_a_sentence_is_masked_and_filled_again() -> None:
    masked = mask("Sáng 14/8, ông Nguyễn Văn Hùng trao 5.000 tấn gạo cho bà Ana Pérez Gil.", "vi")
    assert masked.text == "Sáng ●, ông ★ trao ♦ tấn gạo cho bà ■."
    assert (
        masked.unmask("On the morning of ●, ★ handed ♦ tonnes of rice to ■.")
        == "On the morning of August 14, Nguyễn Văn Hùng handed 5,000 tonnes of rice to Ana Pérez Gil."
    )


@pytest.mark.parametrize("translation", ["★ came.", "★ met ★ and ■.", "★ met ■ and ▲.", "They met."])
def test_a_translation_that_lost_or_doubled_a_symbol_is_none(translation: str) -> None:
    assert Masked("★ ... ■", {"★": "Nguyễn Văn Hùng", "■": "Ana Pérez"}).unmask(translation) is None


def test_a_number_that_begins_the_sentence_has_a_capital() -> None:
    assert mask("5 nước tham dự.", "vi").unmask("● countries took part.") == "Five countries took part."


@pytest.mark.parametrize(
    ("translation", "english", "filled"),
    [
        ("He came in ●.", "August 14", "He came on August 14."),
        ("On ●, he came.", "February 1994", "In February 1994, he came."),
        ("They met on ●.", "2:30 p.m.", "They met at 2:30 p.m."),
        ("Built in the ●.", "the early 1990s", "Built in the early 1990s."),
        ("Music of ●.", "of the 20th century", "Music of the 20th century."),
        ("The ●th session", "41st", "The 41st session"),
        ("It rose ●%.", "5%", "It rose 5%."),
        ("It grew by ●.", "March 3", "It grew by March 3."),
        ("They met in ●.", "Thursday", "They met on Thursday."),
    ],
)
def test_the_words_beside_a_symbol_are_made_to_fit(translation: str, english: str, filled: str) -> None:
    assert Masked("●", {"●": english}).unmask(translation) == filled


def test_text_that_holds_a_symbol_itself_is_left_alone() -> None:
    for symbol in MASKS:
        text = f"{symbol} Nguyễn Văn Hùng, 5.000 tấn"
        assert mask(text, "vi") == Masked(text, {})
        assert mask_pair(text, "5,000 tonnes", "vi") == (text, "5,000 tonnes")


def test_more_names_than_symbols_are_left_to_the_model() -> None:
    masked = mask(", ".join(f"Nguyễn Văn {name}" for name in ["An", "Bình", "Chi", "Dung", "Em", "Giang", "Hà"]), "vi")
    assert len(masked.english) == 5
    assert masked.text.endswith("Nguyễn Văn Giang, Nguyễn Văn Hà")


def test_a_pair_is_masked_where_both_sides_agree() -> None:
    assert mask_pair(
        "Ngày 2/9, ông Trịnh Đình Dũng cho biết 1.250 tỷ đồng đã được chi cho 7 tỉnh.",
        "Trinh Dinh Dung said on 2 September that VNĐ1.25 trillion had been spent in seven provinces.",
        "vi",
    ) == ("●, ông ★ cho biết ♦ đồng đã được chi cho ▼ tỉnh.", "★ said on ● that VNĐ♦ had been spent in ▼ provinces.")


def test_what_english_says_otherwise_or_twice_is_not_masked() -> None:
    pair = ("Hùng có 7 anh em, Nguyễn Văn Hùng nói.", "There are seven, and seven more, he said.")
    assert mask_pair(*pair, "vi") == pair


@pytest.mark.parametrize("language", ["vi", "es"])
@pytest.mark.parametrize(
    "unit",
    [
        "12 ",
        "1,",
        "2 mil ",
        "2 triệu %",
        "Nguyễn ",
        "Juan de ",
        "Aa-",
        "A. ",
        "UNE ",
        "5 thang ",
        "cinco ",
        "Cuba ",
        "huracán A",
    ],
)
def test_time_grows_with_the_length_and_no_faster(unit: str, language: str) -> None:
    short, long = (min(spent(unit * (size // len(unit)), language) for _ in range(2)) for size in (2_000, 16_000))
    assert long < 24 * short + 0.05


@pytest.mark.parametrize("language", ["vi", "es"])
def test_a_run_of_digits_is_no_number(language: str) -> None:
    """int() raises from 4,301 digits on."""
    run = "7" * 5_000
    for opening in (
        *(
            "",
            "ngày ",
            "ngày 5/",
            "tháng ",
            "5 tháng ",
            "từ ngày 3 đến ",
            "lúc ",
            "lúc 5 giờ ",
            "thế kỷ ",
            "những năm ",
        ),
        *("quý ", "năm ", "lần thứ ", "số ", "2 triệu ", "5-", "5 đến ", "ngay ", "1 de mayo de ", "del 3 al ", "las "),
        *("las 5:", "siglo ", "años ", "categoría ", "la ", "2 mil ", "entre 5 y ", "1.", "1,", "G", "5/", "X"),
    ):
        for ending in (
            "",
            "%",
            "/2",
            "/5/2025",
            " triệu",
            " mil",
            " de mayo",
            " millones",
            "-8",
            ".000",
            ",5",
            "er",
            "A",
        ):
            text = f"{opening}{run}{ending}"
            assert not any(run in form for fact in facts(text, language) for form in fact.english), (opening, ending)


def test_hostile_text_is_read() -> None:
    assert entities("â" * 1_000_000, "vi") == entities("1" * 100_000, "es") == ()
    assert len(entities("Nguyễn " * 10_000, "vi")) == 2_000


@pytest.mark.parametrize(("texts", "language"), [(VIETNAMESE_FIGURES, "vi"), (SPANISH_FIGURES, "es")])
def test_a_sentence_takes_less_than_a_millisecond(texts: list[tuple[str, object]], language: str) -> None:
    sentence = (
        ", ".join(text for text, _ in texts[:4]) + ", ông Nguyễn Văn Hùng và bà Ana Pérez Gil đến Santiago de Cuba."
    )
    assert min(spent(sentence, language) for _ in range(20)) < 0.001


def spent(text: str, language: str) -> float:
    start = time.process_time()
    facts.__wrapped__(text, language)
    return time.process_time() - start
