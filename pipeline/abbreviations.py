"""Abbreviations that end in a full stop, case-folded and without the last stop, by language.

After `ALWAYS` the sentence goes on (*Dr. Castro*), after `BEFORE_NUMBER` where a number follows (*No. 5*); after
`MAY_END` it may be over (*in the U.S. The ministry*), and the next word tells.
"""

from __future__ import annotations


def _all(*words: str) -> frozenset[str]:
    return frozenset(word for line in words for word in line.split())


_EVERYWHERE = (
    "mr mrs ms dr prof ft gen lt col maj sgt capt cf vs sen gov lieut lt.gen maj.gen brig adm sto sta rep lieut.gen"
)

ALWAYS = {
    "vi": _all(
        _EVERYWHERE,
        "st tp tt tx q p x kp tdp tnhh cp cty ks kts ls ts ths gs pgs tskh bs cki ckii",
        "nsnd nsưt ngnd ngưt đ/c vd v.d",
    ),
    "es": _all(
        _EVERYWHERE,
        "sr sra srta sres sras dra dres ing lic gral cnel cor tte cap cmdte comdte alm vicealm prof profa arq mons",
        "st fr av avda cía dpto depto art arts p.ej ej fig tel excmo excma dª dña hno hnos mtro pbro rvdo",
        "pdte gob dr.c m.sc msc",
    ),
    "en": _all(
        _EVERYWHERE,
        "pres sec hon rev amb cmdr cdr cpl pvt pfc supt insp messrs mt v fig dept assn bros e.g i.e assoc dist",
        "col.gen gens sens reps profs drs snr",
    ),
}

BEFORE_NUMBER = {
    "vi": _all("no nr tr số đ art"),
    "es": _all("no nº núm nro nos s vol p pp pág págs c ca aprox máx mín apto edif km"),
    "en": _all("no nos p pp vol ch art para approx ca c jan feb mar apr jun jul aug sep sept oct nov dec"),
}

ENDS = _all("etc v.v")
"""What follows these in lower case goes on; in a capital it never does."""

MAY_END = {
    "vi": _all("ubnd hđnd u.s u.k u.n inc ltd corp co jsc jr sr"),
    "es": _all("ee.uu ee uu rr.hh a.c d.c s.a s.r.l s.l u.s ud uds vd vds inc ltd co phd ph.d jr"),
    "en": _all("u.s u.k u.n u.s.a d.c b.c a.d inc ltd corp co est al jr sr ph.d m.sc b.sc st ave rd blvd min"),
}
MAY_END["es"] |= _all("ene feb abr ago sep sept oct nov dic")

HOURS = _all("a.m p.m")
"""They end the sentence unless a day, a month or a zone comes."""

AFTER_HOURS = _all(
    "monday tuesday wednesday thursday friday saturday sunday",
    "january february march april may june july august september october november december",
    "jan feb mar apr jun jul aug sep sept oct nov dec",
    "gmt utc est edt cst cdt mst mdt pst pdt et ct mt pt ict",
)

BEFORE_LETTER = _all(
    "vitamin hepatitis group plan type class category grade section annex appendix option exhibit figure block zone",
    "team vitamina grupo tipo clase categoría sección anexo serie zona equipo opción letra bloque planta",
    "bảng nhóm loại hạng khối lớp điểm mục mẫu gan cúm đội lô",
)
"""A capital after these is a name by itself and no initial."""

UNNAMED = _all("văn thị")
"""After these a capital stands for a name that is not printed: *Trần Văn T.*"""

INSTITUTIONS = _all("đh cđ bv")
INSTITUTION_NAMES = _all("bách quốc sư kinh y khoa nông ngoại luật nhi đa phụ kỹ mỹ kiến thủy xây ung mắt răng lao")
"""*ĐH. Quốc gia*, but *tại các trường ĐH. Rất nhiều ...*"""

EXCLAIMED = _all("yahoo yum jeopardy")
"""Names that have an exclamation mark."""

DOMAINS = _all("com net org vn cu es info gov edu io js tv")

BEGINNINGS = _all(
    "the this that these those it he she they we in on at but and after when while if as a an there however",
    "his her their its some many most several both one two more our you what who where how no not so since",
    "because despite then",
    "el la los las un una este esta en por para según pero y al se lo no además tras sin desde durante como",
    "cuando su sus ese esa esto estos estas aunque también muchos pocos algunos varios otros cada mientras sobre",
    "ông bà anh chị các những trong tại theo đây đó khi sau trước tuy nhưng và với ngoài để do nếu từ",
    "cuộc việc hai bên đồng nó họ chúng tôi bà cô mỗi nhiều một đến lúc hiện vì bởi cũng sự người bạn đội phải",
)
"""Words that begin sentences, and hardly ever names."""
