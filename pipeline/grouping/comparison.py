"""What two articles are to each other: a pure, symmetric function of their signals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.grouping import dates, figures
from pipeline.grouping.edges import RELATED, TEMPLATE, Edge
from pipeline.grouping.facts import agreement, count_names, overlap, read_facts
from pipeline.grouping.terms import cosine, stem_agreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.grouping.signals import Signals

COPY_HOURS = 7 * 24
"""Of 5,142 near-identical pairs of a real stream 43 % lay further apart: nearly all were series, not copies."""
EVENT_HOURS = 72
"""The best filter there is: it removed 14 of 15 pairs of different events and none of 23 of the same report."""

FADING_HOURS = 96
"""Likeness counts half after 48 hours: a series returns in days, and a follow-up that is the same event says so."""

COPY_CONTAINMENT = 0.58
"""With agreeing figures: precision .991 and recall .979 over eight kinds of edit (Jaccard: recall .27)."""
COPY_SHINGLES = 12
"""A shared quotation or a shared title is no copy."""
STEMS_COUNT = 2.0
STEMS_LEAST = 0.09
"""Of 39,402 pairs of Spanish and English passages that are no translations none has more; translations have .16."""
FIGURES_AGREE = 0.5
SERIES_HOURS = 18
"""A daily bulletin comes back after about a day; within less, other figures from the same outlet are newer ones."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where same wording, copy and event begin; tuned on invented news of the beat and on FLORES passages."""

    wording_containment: float = 0.15
    """Two meetings of the same ministries share .13 to .50 of their shingles, two reports of one at most .11."""
    wording_cosine: float = 0.6
    """Of English lead and of English whole: independent reports of one event lie around .3."""
    conflict: float = 1.3
    """Weight of the figures of a lead that the other text lacks, on both sides: more than one small count."""
    copy_facts: float = 0.32
    """Smoothed cosine of the facts of two languages, raised by their common stems. FLORES passages: precision .98."""
    copy_cosine: float = 0.35
    translation_words: float = 0.15
    """Two English texts that share less are no translations of each other, whatever names they share."""
    event: float = 0.12
    event_words: float = 0.24
    """English words can stand in for names and figures: two events of one day share less in lead and whole."""
    event_english: float = 0.13
    """With English; above the other one because words agree a little everywhere."""
    related: float = 0.1


THRESHOLDS = Thresholds()


def compare(a: Signals, b: Signals, thresholds: Thresholds = THRESHOLDS) -> Edge | None:
    """The edge between two articles, or None where they have too little in common to show."""
    if a.id == b.id:
        return None
    first, second = (a, b) if a.id < b.id else (b, a)
    likeness = Likeness.between(first, second)
    judged = likeness.judge(thresholds)
    if judged is None:
        return None
    kind, score = judged
    return Edge(first.id, second.id, kind, round(score, 4), likeness.evidence())


@dataclass(frozen=True, slots=True)
class Likeness:
    """Everything that is measured of a pair before anything is decided."""

    a: Signals
    b: Signals
    hours: float | None
    """Between the publications; None where one is undated."""
    containment: float
    """Share of the shorter one's shingles that the other has; 0 across languages."""
    shared_shingles: int
    facts: Mapping[str, float]
    """The shared facts and their weights."""
    facts_agreement: float
    """Smoothed cosine of all facts: near 1 for a copy, whatever its language."""
    stems: float
    """Of Spanish and English; 0 for other pairs."""
    overlap: float
    """Share of the facts of the text that has fewer: what an independent report has in common."""
    lead_cosine: float | None
    cosine: float | None
    shared_figures: frozenset[str]
    conflicting: tuple[frozenset[str], frozenset[str]]
    """Figures of one lead that the other's text does not have, and the reverse."""
    strangers: tuple[frozenset[str], frozenset[str]]
    """Names of two words and more of one lead of which the other text has no word, and the reverse."""
    days_apart: int | None

    @classmethod
    def between(cls, a: Signals, b: Signals) -> Likeness:
        ours, theirs = a.shingle_set(), b.shingle_set() if a.language == b.language else frozenset[int]()
        shared = len(ours & theirs)
        facts_a, facts_b = read_facts(a), read_facts(b)
        all_a, all_b = {*a.figures, *a.worded}, {*b.figures, *b.worded}
        english = a.terms is not None and b.terms is not None
        return cls(
            a=a,
            b=b,
            hours=_hours(a, b),
            containment=shared / min(len(ours), len(theirs)) if shared else 0.0,
            shared_shingles=shared,
            facts={fact: facts_a[fact] for fact in sorted(facts_a.keys() & facts_b.keys())},
            facts_agreement=agreement(facts_a, facts_b),
            stems=stem_agreement(a.stems, b.stems) if a.language != b.language else 0.0,
            overlap=overlap(facts_a, facts_b),
            lead_cosine=cosine(a.lead_terms or {}, b.lead_terms or {}) if english else None,
            cosine=cosine(a.terms or {}, b.terms or {}) if english else None,
            shared_figures=frozenset((set(a.figures) & all_b) | (set(b.figures) & all_a)),
            conflicting=(frozenset(a.lead_figures) - all_b, frozenset(b.lead_figures) - all_a),
            strangers=(_strangers(a, b), _strangers(b, a)),
            days_apart=dates.days_apart(frozenset(a.lead_days), frozenset(b.lead_days)),
        )

    def judge(self, limits: Thresholds) -> tuple[str, float] | None:
        """Kind and score; None where there is nothing to show."""
        if self.a.text_hash == self.b.text_hash and self.a.text_hash and self._exact_counts():
            return "exact", 1.0
        return self._as_copy(limits) or self._as_event(limits)

    def _as_copy(self, limits: Thresholds) -> tuple[str, float] | None:
        """Other figures or days under the same words part the two before anything can join them."""
        copied = (
            self._within(COPY_HOURS) and self.containment >= COPY_CONTAINMENT and self.shared_shingles >= COPY_SHINGLES
        )
        if copied and self._is_update():
            return "update", self.containment
        differs = self._differs(limits)
        if differs and self._same_wording(limits):
            return TEMPLATE, max(self.containment, self.cosine or 0.0)
        if copied:
            return "near", self.containment
        if not differs and self._is_translation(limits):
            return "translation", max(self.facts_agreement, self.cosine or 0.0)
        return None

    def _as_event(self, limits: Thresholds) -> tuple[str, float] | None:
        likeness = self.likeness()
        same = self._is_timely() and self._is_particular(limits) and not self._counts_on()
        if same and likeness >= self._event_limit(limits):
            return "event", likeness
        if likeness >= limits.related and self._within(COPY_HOURS):
            return RELATED, likeness
        return None

    def likeness(self) -> float:
        """From 0 to 1, less with every hour between the two: reports of one event follow each other within a day."""
        measured = self.overlap
        if self.cosine is not None and self.lead_cosine is not None:
            measured = (measured + (self.cosine + self.lead_cosine) / 2) / 2
        return measured * (1 - min(self.hours or 0.0, EVENT_HOURS) / FADING_HOURS)

    def evidence(self) -> Mapping[str, object]:
        """What speaks for and against, so that a person can look it up in the two texts."""
        found: dict[str, object] = {
            "shared_names": self._shared("name"),
            "shared_figures": sorted(self.shared_figures),
            "shared_places": self._shared("place"),
            "shared_days": self._shared("day"),
            "conflicting_figures": [sorted(side) for side in self.conflicting] if all(self.conflicting) else [],
            "other_names": [sorted(side) for side in self.strangers] if self._names_others() else [],
            "days_apart": self.days_apart,
            "hours_apart": None if self.hours is None else round(self.hours, 1),
            "stems": round(self.stems, 4),
            "facts": round(self.facts_agreement, 4),
        }
        if self.a.language == self.b.language:
            found |= {"containment": round(self.containment, 4), "shared_shingles": self.shared_shingles}
        if self.cosine is not None and self.lead_cosine is not None:
            found |= {
                "lead_cosine": round(self.lead_cosine, 4),
                "cosine": round(self.cosine, 4),
                "words": self._words(),
            }
        return found

    def _exact_counts(self) -> bool:
        """The same long text is a copy at any age; the same few words only within the window, as a series' title."""
        return min(self.a.shingle_count, self.b.shingle_count) >= COPY_SHINGLES or self._within(COPY_HOURS)

    def _is_update(self) -> bool:
        if not self.a.outlet or self.a.outlet != self.b.outlet or self.hours is None:
            return False
        if self._counts_on() or self._names_others() or self.days_apart not in {None, 0}:
            return False
        return self.hours <= (24 if self._figures_agree() else SERIES_HOURS)

    def _is_translation(self, limits: Thresholds) -> bool:
        if self.a.language == self.b.language or not self._within(EVENT_HOURS) or not self._keeps_figures():
            return False
        if self.cosine is not None and self.cosine < limits.translation_words:
            return False
        worded = min(self.cosine or 0.0, self.lead_cosine or 0.0) >= limits.copy_cosine
        stems = self.stems if self.stems >= STEMS_LEAST else 0.0
        return worded or self.facts_agreement + STEMS_COUNT * stems >= limits.copy_facts

    def _same_wording(self, limits: Thresholds) -> bool:
        contained = self.containment >= limits.wording_containment and self.shared_shingles >= COPY_SHINGLES
        return contained or min(self.cosine or 0.0, self.lead_cosine or 0.0) >= limits.wording_cosine

    def _differs(self, limits: Thresholds) -> bool:
        lead = min(sum(figures.weight(figure) for figure in sorted(side)) for side in self.conflicting)
        if self._counts_on() or self._names_others() or not self._figures_agree() or lead >= limits.conflict:
            return True
        # A weekly bulletin names two ends of its week; where nearly all its figures agree it is the same one.
        alike = len(self.shared_figures) >= 5 and self._figure_share() >= 0.8
        return self.days_apart is not None and self.days_apart >= 2 and not alike

    def _counts_on(self) -> bool:
        """The one tells of the third day and the other of the fourth."""
        ours, theirs = set(self.a.ordinals), set(self.b.ordinals)
        return bool(ours and theirs) and not ours & theirs

    def _figures_agree(self) -> bool:
        return self._figure_share() >= FIGURES_AGREE

    def _figure_share(self) -> float:
        """By weight, for two texts of one year share their years whatever they tell."""
        shared, ours, theirs = (
            sum(figures.weight(figure) for figure in sorted(side))
            for side in (self.shared_figures, self.a.figures, self.b.figures)
        )
        return shared / min(ours, theirs) if ours and theirs else 1.0

    def _names_others(self) -> bool:
        """In one language, each lead names somebody whom the other text does not know at all.

        A reprint may open with its own names too, so they speak only where there are no figures to do it.
        """
        told = min(len(self.a.figures), len(self.b.figures))
        return told < 2 and self.a.language == self.b.language and all(self.strangers)

    def _keeps_figures(self) -> bool:
        """A copy may be cut, but not until three figures and more are nearly all gone."""
        more = max(len(self.a.figures), len(self.b.figures))
        return more < 3 or len(self.shared_figures) / more >= 0.25

    def _event_limit(self, limits: Thresholds) -> float:
        return limits.event if self.cosine is None else limits.event_english

    def _is_timely(self) -> bool:
        """Published within three days, and not telling of other days. Undated, nothing is.

        Within a day of each other two reports may name the opening and the close of one event; later they name two.
        """
        if self.hours is None or self.hours > EVENT_HOURS:
            return False
        apart = dates.days_apart(_days_around(self.a), _days_around(self.b)) or 0
        return apart <= (1 if self.hours >= 24 else 3)

    def _is_particular(self, limits: Thresholds) -> bool:
        """Two rare names, or one with a figure or a day, or figures: many texts share a city and its university."""
        rare = [
            fact.partition(":")[2] for fact, weight in self.facts.items() if fact.startswith("name:") and weight >= 0.6
        ]
        others = sum(
            weight / 2 if fact.startswith("place:") else weight
            for fact, weight in self.facts.items()
            if not fact.startswith("name:")
        )
        figures_told = sum(weight for fact, weight in self.facts.items() if fact.startswith("figure:"))
        names = count_names(rare)
        told = (names >= 1 and names + others >= 1.5) or figures_told >= 3
        return told or min(self.cosine or 0.0, self.lead_cosine or 0.0) >= limits.event_words

    def _within(self, hours: float) -> bool:
        if self.hours is None:
            return self.a.published is None and self.b.published is None
        return self.hours <= hours

    def _shared(self, kind: str) -> list[str]:
        return [fact.partition(":")[2] for fact in self.facts if fact.startswith(f"{kind}:")]

    def _words(self) -> list[str]:
        ours, theirs = self.a.terms or {}, self.b.terms or {}
        both = sorted(ours.keys() & theirs.keys(), key=lambda word: (-ours[word] * theirs[word], word))
        return both[:8]


def _hours(a: Signals, b: Signals) -> float | None:
    if a.published is None or b.published is None:
        return None
    return abs((a.published - b.published).total_seconds()) / 3600


def _strangers(of: Signals, to: Signals) -> frozenset[str]:
    known = {word for name in to.names for word in name.split()}
    return frozenset(name for name in of.lead_names if " " in name and not known & set(name.split()))


def _days_around(signals: Signals) -> frozenset[str]:
    """The days of the lead, weekdays too, that lie within four days of the publication: candidates for the event's."""
    around = {*signals.lead_days, *signals.lead_weekdays}
    if signals.published is None:
        return frozenset(around)
    middle = signals.published.date()
    return frozenset(day for day in around if dates.distance(day, middle) <= 4)
