"""Abbreviations that end in a full stop, case-folded and without the last stop, by language.

After `ALWAYS` the sentence goes on (*Dr. Castro*), after `BEFORE_NUMBER` where a number follows (*No. 5*); after
`MAY_END` it may be over (*in the U.S. The ministry*), and the next word tells.
"""

from __future__ import annotations


def _all(*words: str) -> frozenset[str]:
    return frozenset(word for line in words for word in line.split())


_EVERYWHERE = "mr mrs ms dr prof st gen lt col maj sgt capt cf vs sen gov lieut lt.gen maj.gen brig adm sto sta"

ALWAYS = {
    "vi": _all(
        _EVERYWHERE,
        "tp tt tx q p x kp ubnd ks kts ls ts ths gs pgs pgs.ts gs.ts gs.tskh tskh ts.bs ths.bs bs bs.cki bs.ckii",
        "nsnd nsưt đ/c vd v.d",
    ),
    "es": _all(
        _EVERYWHERE,
        "sr sra srta sres sras dra dres ing lic gral cnel cor tte cap cmdte comdte alm vicealm prof profa arq mons",
        "fr av avda cía dpto depto art arts p.ej ej fig tel excmo excma dª dña hno hnos mtro pbro rvdo",
    ),
    "en": _all(
        _EVERYWHERE,
        "rep pres sec hon rev amb cmdr cdr cpl pvt pfc supt insp messrs mt fig dept assn bros e.g i.e assoc dist",
        "col.gen gens sens reps profs drs snr",
    ),
}

BEFORE_NUMBER = {
    "vi": _all("no nr tr số đ art"),
    "es": _all("no nº núm nro nos s vol p pp pág págs c ca aprox máx mín"),
    "en": _all("no nos p pp vol ch art para approx ca c jan feb mar apr jun jul aug sep sept oct nov dec"),
}

ENDS = _all("etc v.v")
"""What follows these in lower case goes on; in a capital it never does."""

MAY_END = {
    "vi": _all("u.s u.k u.n a.m p.m inc ltd corp co jsc jr sr"),
    "es": _all("ee.uu ee uu rr.hh a.m p.m a.c d.c s.a s.l u.s ud uds vd vds inc ltd co phd ph.d jr"),
    "en": _all("u.s u.k u.n u.s.a d.c a.m p.m b.c a.d inc ltd corp co est al jr sr ph.d m.sc b.sc ft min"),
}
MAY_END["es"] |= _all("ene feb abr ago sep sept oct nov dic")
