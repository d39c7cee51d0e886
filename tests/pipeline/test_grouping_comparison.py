"""What two articles are to each other. The texts are ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from pipeline.grouping.comparison import compare
from pipeline.grouping.document import Document
from pipeline.grouping.signals import read_signals

if TYPE_CHECKING:
    from pipeline.grouping.edges import Edge

MORNING = datetime(2026, 3, 16, 8, tzinfo=UTC)


def article(name: str, body: str, published: datetime | None = MORNING, outlet: str = "Granma") -> Document:
    title, _, rest = body.partition("\n")
    return Document(name, "en", title if rest else "", rest or title, published, outlet)


def edge(a: Document, b: Document) -> Edge | None:
    return compare(read_signals(a), read_signals(b))


def kind(a: Document, b: Document) -> str | None:
    found = edge(a, b)
    return None if found is None else found.kind


MEETING = """The defence ministries of Viet Nam and Cuba held their policy dialogue in {place} on {day}. The two sides
reviewed their cooperation plan, of whose {planned} activities {done} were carried out. General Doan Khac Huy thanked
the guests for their hospitality and proposed to put military medicine first in the new plan. The delegations signed
minutes under which {officers} officers will attend courses, and agreed to meet again when the plan is renewed.
""".replace("\n", " ")
IN_HANOI = MEETING.format(place="Ha Noi", day="March 14", planned=22, done=9, officers=18)
IN_HAVANA = MEETING.format(place="Havana", day="March 16", planned=31, done=27, officers=25)


def test_the_same_words_are_exact_at_any_age() -> None:
    reprint = article("b", f"HÀ NỘI — {IN_HANOI} — VNS", MORNING + timedelta(days=400))

    assert kind(article("a", IN_HANOI), reprint) == "exact"


def test_a_reprint_with_another_beginning_is_a_copy() -> None:
    assert kind(article("a", IN_HANOI), article("b", f"Our correspondent reports. {IN_HANOI}", outlet="VOV")) == "near"


def test_two_meetings_two_years_apart_never_join() -> None:
    then = article("a", IN_HANOI, MORNING - timedelta(days=730), outlet="QĐND")
    now = article("b", IN_HAVANA, outlet="Granma")

    found = edge(then, now)

    assert found is not None
    assert float(str(found.evidence["containment"])) >= 0.6
    assert found.kind == "template"
    assert kind(replace(then, published=None), replace(now, published=None)) == "template"


def test_two_meetings_in_one_week_never_join() -> None:
    found = edge(article("a", IN_HANOI), article("b", IN_HAVANA, MORNING + timedelta(hours=20), outlet="VOV"))

    assert found is not None
    assert found.kind == "template"
    assert found.evidence["conflicting_figures"] == [["18", "22", "9"], ["25", "27", "31"]]


DRIVE = """Rice drive in Can Tho reaches {tonnes} tonnes on {nth} day
The rice drive for Cuba in Can Tho has collected {tonnes} tonnes by its {nth} day, said the Red Cross of the city.
People queued from early morning at Ninh Kieu Wharf to give rice, cooking oil and money, and students packed the
bags until late at night. The drive goes on until Monday, when the first ship leaves for Santiago de Cuba."""
THIRD_DAY = article("a", DRIVE.format(tonnes=412, nth="third"))
FOURTH_DAY = article("b", DRIVE.format(tonnes=538, nth="fourth"), MORNING + timedelta(hours=14))


def test_the_third_and_the_fourth_day_of_a_drive_never_join() -> None:
    assert kind(THIRD_DAY, FOURTH_DAY) == "template"
    assert kind(THIRD_DAY, replace(FOURTH_DAY, outlet="VOV")) == "template"


BULLETIN = (
    "Gold in Ha Noi sold at {price} million dong a tael on {day}, while buyers waited before the shops for hours."
)


def test_dated_bulletins_of_two_days_never_join() -> None:
    monday = article("a", BULLETIN.format(price="82.5", day="March 16"))
    tuesday = article("b", BULLETIN.format(price="83.1", day="March 17"), MORNING + timedelta(hours=16))

    assert kind(monday, tuesday) == "template"


LIVE = """At least {dead} people died when a ferry sank off the southern coast in heavy weather, rescuers said.
Divers search the hull for survivors, and relatives gather at the harbour of the town from which the ferry had left.
""".replace("\n", " ")


def test_a_newer_count_of_the_same_outlet_is_an_update() -> None:
    early, late = article("a", LIVE.format(dead=21)), article("b", LIVE.format(dead=39), MORNING + timedelta(hours=5))

    assert kind(early, late) == "update"
    assert kind(early, replace(late, outlet="VOV")) == "template"
    assert kind(early, replace(late, published=MORNING + timedelta(hours=30))) == "template"


VIETNAMESE = Document(
    id="v",
    language="vi",
    title="Bác sĩ Việt Nam hoàn thành khóa học tại La Habana",
    body="""Ngày 16/3, 12 bác sĩ từ Hải Phòng nhận chứng chỉ tại Bệnh viện Luis Díaz Soto. Đại tá Nilda Terrero Palma
cho biết khóa học kéo dài 160 giờ. Trung tá Lê Xuân Quýnh cảm ơn các chuyên gia đã điều trị hơn 9.000 bệnh nhân từ năm
1985.""",
    published=MORNING,
    outlet="VOV",
)
SPANISH = Document(
    id="s",
    language="es",
    title="Médicos vietnamitas concluyen curso en La Habana",
    body="""La Habana, 16 mar (Prensa Latina) - Doce médicos de Hai Phong recibieron sus certificados en el hospital
Luis Díaz Soto. La coronel Nilda Terrero Palma dijo que el curso tuvo 160 horas. El teniente coronel Le Xuan Quynh
agradeció a los expertos, que han atendido a más de 9.000 pacientes desde 1985.""",
    published=MORNING - timedelta(hours=2),
    outlet="Prensa Latina",
)
REPORT = article(
    "r",
    """Colonel Le Xuan Quynh had never seen Luis Diaz Soto's sea. Now he goes home to Hai Phong, where divers come
too late to the doctor, with a certificate and a plan for a chamber that Captain Hoang Gia Bach wants to build.""",
)


def test_a_copy_in_another_language_is_found_without_any_english() -> None:
    found = edge(VIETNAMESE, SPANISH)

    assert found is not None
    assert found.kind == "translation"
    assert found.evidence["shared_figures"] == ["12", "160", "1985", "9000"]
    assert found.evidence["shared_days"] == ["2026-03-16"]
    assert "nilda terrero" in str(found.evidence["shared_names"])


def test_a_report_by_another_hand_is_the_same_event_within_three_days() -> None:
    assert kind(SPANISH, REPORT) == "event"
    assert kind(SPANISH, replace(REPORT, published=MORNING + timedelta(hours=80))) in {"related", None}
    assert kind(SPANISH, replace(REPORT, published=None)) is None


def test_comparison_is_symmetric() -> None:
    for a, b in ((VIETNAMESE, SPANISH), (SPANISH, REPORT), (THIRD_DAY, FOURTH_DAY)):
        assert edge(a, b) == edge(b, a)


pieces = st.lists(
    st.sampled_from(
        ["ngày 3/10", "October 3,", "1.500", "6,5 tỷ", "Hà Nội —", "Lê Xuân Quýnh", "./.", "the", "Friday", "\n"]
    )
    | st.text(max_size=5),
    max_size=40,
).map(" ".join)


@given(pieces, pieces, st.sampled_from(["vi", "es", "en", "other"]), st.sampled_from(["vi", "es", "en", "pt"]))
def test_any_two_texts_compare_without_raising_and_both_ways_alike(one: str, other: str, here: str, there: str) -> None:
    a, b = (
        Document("a", here, one[:9], one, MORNING, ""),
        Document("b", there, other[:9], other, MORNING, "", "x", other),
    )

    assert edge(a, b) == edge(b, a)


def test_texts_without_anything_in_common_have_no_edge() -> None:
    assert kind(article("a", "A quiet day."), article("b", "")) is None
    assert kind(article("a", ""), article("b", "")) is None


def test_a_title_alone_that_returns_every_month_is_no_copy() -> None:
    title = "Giá xăng, dầu cùng tăng"

    assert kind(article("a", title), article("b", title, MORNING + timedelta(days=30))) is None
