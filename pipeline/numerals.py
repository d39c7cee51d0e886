"""Numbers as words in the wire's languages: small ones, months, and the scales after a figure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence


def _counted(words: str, first: int = 1, step: int = 1) -> dict[str, int]:
    return {word: first + at * step for at, same in enumerate(words.split()) for word in same.split("/") if word != "-"}


SPELLED: Mapping[str, Mapping[str, int]] = {
    "en": {
        **_counted(
            "one/first/once/a/an two/second/twice/both/couple three/third/triple four/fourth five/fifth six/sixth"
            " seven/seventh eight/eighth nine/ninth ten/tenth eleven/eleventh twelve/twelfth thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen"
        ),
        **_counted("twenty/twentieth thirty fourty/forty fifty sixty seventy eighty ninety hundred", 20, 10),
        "hundred": 100,
        "dozen": 12,
        "half": 2,
        "noon": 12,
    },
    "es": {
        **_counted(
            "uno/un/una/primer/primero/primera dos/segundo/segunda/ambos tres/tercer/tercero/tercera"
            " cuatro/cuarto/cuarta cinco/quinto/quinta seis/sexto/sexta siete/séptimo ocho/octavo nueve/noveno"
            " diez/décimo once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve"
        ),
        **_counted("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien/ciento", 20, 10),
        "docena": 12,
    },
    "vi": _counted("một/nhất hai/nhì/đôi ba tư/bốn năm/lăm sáu bảy/bẩy tám chín mười"),
}

MONTHS: Mapping[str, Mapping[str, int]] = {
    "en": _counted(
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct"
        " november/nov december/dec"
    ),
    "es": _counted(
        "enero/ene febrero/feb marzo/mar abril/abr mayo junio/jun julio/jul agosto/ago septiembre/setiembre/sep"
        " octubre/oct noviembre/nov diciembre/dic"
    ),
    "vi": {"giêng": 1, "chạp": 12},
}


def _scale(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?:{pattern})\b", re.IGNORECASE)


SCALES: Mapping[str, Sequence[tuple[re.Pattern[str], int]]] = {
    "en": (
        (_scale("thousand|k"), 10**3),
        (_scale("million|mln|m"), 10**6),
        (_scale("billion|bln|bn"), 10**9),
        (_scale("trillion|tn"), 10**12),
    ),
    "es": (
        (_scale("mil millones|millardos?"), 10**9),
        (_scale("mil"), 10**3),
        (_scale("millón|millon|millones"), 10**6),
        (_scale("billón|billones"), 10**12),
    ),
    "vi": (
        (_scale("nghìn tỷ|nghìn tỉ|ngàn tỷ|ngàn tỉ"), 10**12),
        (_scale("nghìn|ngàn"), 10**3),
        (_scale("triệu"), 10**6),
        (_scale("tỷ|tỉ"), 10**9),
    ),
}
"""The longer words first: *mil millones* is no *mil*."""
