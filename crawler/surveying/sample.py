"""An article that we wrote, in each language of the wire, for pages that are only a shape."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """What our page says, in one language."""

    slug: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    author: str
    section: str
    beside: str


WORDS = {
    "es": Words(
        "una-nota-de-muestra-para-probar",
        "Una nota de muestra para probar la lectura",
        "El puente nuevo une desde el lunes las dos orillas del pueblo.",
        (
            "El puente nuevo une desde el lunes las dos orillas del pueblo, dijo la alcaldesa en el acto de apertura.",
            "La obra duró catorce meses y costó 1,2 millones, según el informe que entregó la constructora.",
            "«Mi madre cruzaba en bote», recordó un vecino de ochenta años que esperó a la sombra.",
            "Los camiones podrán pasar a partir de mayo, cuando termine la prueba de carga.",
        ),
        "Ana Pérez",
        "Sociedad",
        "Lea también: otra nota",
    ),
    "vi": Words(
        "mot-bai-viet-mau-de-thu-doc",
        "Một bài viết mẫu để thử cách đọc trang",
        "Cây cầu mới nối hai bờ sông của xã từ sáng thứ hai.",
        (
            "Cây cầu mới nối hai bờ sông của xã từ sáng thứ hai, chủ tịch xã cho biết tại lễ thông xe.",
            "Công trình kéo dài mười bốn tháng với kinh phí 1,2 tỷ đồng, theo báo cáo của đơn vị thi công.",
            "“Ngày xưa mẹ tôi phải đi đò”, một cụ ông tám mươi tuổi đứng dưới bóng cây kể lại.",
            "Xe tải sẽ được qua cầu từ tháng năm, khi việc thử tải kết thúc.",
        ),
        "Nguyễn Văn An",
        "Xã hội",
        "Xem thêm: bài khác",
    ),
    "en": Words(
        "a-sample-article-to-try-the-reading",
        "A sample article to try how the page is read",
        "The new bridge has joined the two banks of the village since Monday.",
        (
            "The new bridge has joined the two banks of the village since Monday, the mayor said at the opening.",
            "The work took fourteen months and cost 1.2 million, according to the report of the builders.",
            "“My mother crossed by boat,” recalled a man of eighty who was waiting in the shade.",
            "Lorries will be allowed from May, when the load test has ended.",
        ),
        "Anna Smith",
        "Society",
        "Read also: another article",
    ),
}
