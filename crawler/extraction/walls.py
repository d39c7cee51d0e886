"""Pages that a server gives in an article's place and calls a success."""

from __future__ import annotations

import re

LONGEST = 1_500
"""Characters: a text that has more is an article, whatever it speaks of."""


def _beginning(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:oops|sorry|lo sentimos|rất tiếc)?\W*(?:{'|'.join(phrases)})", re.IGNORECASE)


_ERROR = _beginning(
    r"(?:error|http|lỗi)?\W*(?:40\d|410|429|50[0-4])\W*(?:$|error|not|page|forbidden|bad|service|gateway|internal)",
    r"(?:this |that |the )?(?:requested )?(?:page|article|content|document|story|url)(?: \w+){0,4} "
    r"(?:not|no longer|cannot|can['’]t|couldn['’]t|could not|doesn['’]t|was removed|has been removed)\b",
    r"(?:we )?(?:cannot|can['’]t|couldn['’]t|could not) find|(?:page|file|nothing) (?:was )?(?:not )?found",
    r"not found\W*$|access denied|forbidden\W*$|bad gateway|gateway time-?out|(?:internal )?server error",
    "too many requests",
    r"service (?:temporarily |is )?unavailable|(?:temporarily )?down for maintenance|(?:under|scheduled) maintenance",
    r"account suspended",
    r"(?:la |esta |el |este )?(?:página|nota|noticia|contenido|artículo|url)(?: \w+){0,4} no (?:\w+ ){0,2}"
    r"(?:existe|encontrad[oa]|encuentra|encontró|disponible)",
    r"(?:página|nota|noticia|contenido|artículo) no (?:encontrad[oa]|disponible)|acceso denegado",
    r"no (?:se (?:encontró|encuentra|ha encontrado)|pudimos encontrar|hemos encontrado)|sitio en mantenimiento",
    r"error (?:interno )?del servidor",
    r"(?:trang|bài viết|nội dung|đường dẫn|liên kết)(?: \w+){0,6} không (?:tồn tại|tìm thấy|còn|có)|không tìm thấy",
    r"truy cập bị từ chối|lỗi (?:máy chủ|hệ thống)|(?:hệ thống|trang) đang bảo trì",
)
_GUARD = _beginning(
    "just a moment|attention required|checking (?:your browser|if the site connection)|one more step|security check",
    "verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|human verification|you have been blocked",
    "pardon our interruption|please (?:wait|enable (?:js|javascript|cookies))|ddos protection",
    "un momento|verificando|comprobando su navegador|đang kiểm tra trình duyệt",
)
_CONSENT = _beginning(
    "before you continue|we (?:value|respect|care about) your privacy|your privacy|we use cookies",
    "(?:cookie|privacy) (?:consent|settings|preferences|notice)|(?:manage|set) (?:your )?(?:consent|cookies|privacy)",
    "antes de continuar|(?:valoramos|respetamos|nos importa) (?:tu|su) privacidad|(?:tu|su) privacidad",
    "(?:usamos|utilizamos) cookies|(?:aviso|política|configuración) de (?:cookies|privacidad)",
    "quyền riêng tư|chúng tôi (?:sử dụng cookie|tôn trọng quyền)",
)
_KINDS = ((_ERROR, "an error page"), (_GUARD, "a check of the browser"), (_CONSENT, "a request for consent"))


def find_wall(titles: tuple[str | None, ...], body: str, *, dated: bool) -> str | None:
    """What the page is, if it is no article: an error page, a check of the browser or a request for consent.

    Only a short page that states no date can be one; what it calls itself or begins with says so.
    """
    if dated or len(body) > LONGEST:
        return None
    for pattern, what in _KINDS:
        if any(text and pattern.match(text) for text in (*titles, body)):
            return what
    return None
