"""Decoding with CTranslate2: many sentences at once, each as if it were alone.

What a sentence becomes must not depend on its neighbours in the batch, or two runs that were interrupted at
different points would differ. Padding is what makes neighbours matter, so a batch holds sentences of exactly one
length in tokens. (`test_translation.py` compares batches with single sentences and with another order.)
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol

from pipeline import guard
from pipeline.errors import BadPackage
from pipeline.sentences import halfway
from pipeline.translation import archives, argos
from pipeline.translation.masks import Masked, mask
from pipeline.translation.packages import Decoding, Package, read_metadata
from pipeline.translation.pieces import Pieces
from pipeline.translation.protection import pieces, readable
from pipeline.translation.witnesses import missing

if TYPE_CHECKING:
    from ctranslate2 import Translator

    from pipeline.translation.entities import Entity


class _Result(Protocol):
    """What CTranslate2 gives for one text, as far as it is read here."""

    hypotheses: list[list[str]]
    scores: list[float]


class _Pending(Protocol):
    def result(self) -> _Result: ...


BATCH_TOKENS = 1024
"""Tokens in a batch: where the curve of words a second flattens, at 200 MB of buffers."""
LONGEST = 200
"""Tokens that go in at once; a longer text is halved at a mark and its parts are translated by themselves."""
WORTH_HALVING = 10
"""Words; a shorter sentence that loses a name is not halved."""
RESIDENT = 4
"""Engines that stay loaded, at 100 to 150 MB each: both directions of two pairs."""

OVERLONG = "overlong"
"""More than twice the words of the source: seldom in good translations, and often where a small model invents."""

_WORTH_ANOTHER_TRY = frozenset((guard.EMPTY, guard.REPETITION, guard.LENGTH, OVERLONG))
_UNREADABLE = frozenset((guard.EMPTY, guard.REPETITION))

Progress = Callable[[int, int], None]
"""Called with the texts that are decoded and all that there are."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """`score` is the mean log probability of a token, 0 where nothing had to be translated. It ranks the tries for
    one sentence; of whether a name or a number is right it says nothing."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Model:
    translator: Translator
    tokenizer: argos.Tokenizer
    target_prefix: str


class Engine:
    """One package, loaded. Safe to call from several threads."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._model = _load(package)

    def translate(self, sentences: Sequence[str], *, progress: Progress | None = None) -> list[Rendering]:
        """One rendering for each sentence, in order; one without letters comes back as it is."""
        stretches = {sentence: pieces(sentence) for sentence in dict.fromkeys(sentences)}
        texts = dict.fromkeys(
            readable(piece.text) for found in stretches.values() for piece in found if piece.translatable
        )
        rendered = self._translate_texts(list(texts), progress)
        whole: dict[str, Rendering] = {}
        for sentence, found in stretches.items():
            parts = [rendered[readable(piece.text)] if piece.translatable else None for piece in found]
            text = "".join(
                piece.text if part is None else _spaced_like(piece.text, part.text)
                for piece, part in zip(found, parts, strict=True)
            )
            whole[sentence] = Rendering(text, _mean([part.score for part in parts if part is not None]))
        return [whole[sentence] for sentence in sentences]

    def _translate_texts(self, texts: Sequence[str], progress: Progress | None) -> dict[str, Rendering]:
        parts = {text: self._parts(text) for text in texts}
        wanted = {part: self._masked(part) for found in parts.values() for part in found}
        decoded = self._render(wanted, progress)
        for way in (self._carefully, self._with_more_symbols, self._with_one_first, self._in_halves_if_overlong):
            doubtful = {text: decoded[text] for text in wanted if self._is_doubtful(text, decoded[text])}
            for text, again in way(doubtful).items():
                decoded[text] = min(decoded[text], again, key=partial(self._rank, text))
        return {
            text: Rendering(
                " ".join(decoded[part].text for part in found), _mean([decoded[part].score for part in found])
            )
            for text, found in parts.items()
        }

    def _render(self, wanted: Mapping[str, Masked], progress: Progress | None = None) -> dict[str, Rendering]:
        """Every text with all its names and figures, if that can be had at all.

        A symbol that the best hypothesis lost may stand in another. What loses one in all of them is translated in
        halves; what is too short for that gets its names and figures as they are.
        """
        usual, careful = self.package.decoding, _careful(self.package.decoding)
        decoded = self._try(
            {text: m for text, m in wanted.items() if not _is_crowded(text, m)}, usual, progress=progress
        )
        lost = {text: m for text, m in wanted.items() if text not in decoded}
        decoded |= self._try(
            {text: m for text, m in lost.items() if not _is_crowded(text, m)}, careful, hypotheses=True
        )
        decoded |= self._in_halves([text for text in lost if text not in decoded])
        decoded |= self._make_do({text: masked for text, masked in lost.items() if text not in decoded})
        return decoded

    def _carefully(self, texts: Iterable[str]) -> dict[str, Rendering]:
        return self._try({text: self._masked(text) for text in texts}, _careful(self.package.decoding), hypotheses=True)

    def _with_more_symbols(self, doubtful: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """For the witnesses that are missing, too."""
        wanted = {}
        for text, rendering in doubtful.items():
            masked = mask(text, self.package.from_code, self._missing(text, rendering))
            if self._masked(text) != masked:
                wanted[text] = masked
        return self._try(wanted, _careful(self.package.decoding), hypotheses=True)

    def _with_one_first(self, doubtful: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """With the first of the witnesses that are missing at the front of the sentence."""
        wanted = {}
        for text, rendering in doubtful.items():
            lost = self._missing(text, rendering)
            masked = mask(text, self.package.from_code, lost)
            fronted = (masked.fronted(fact.english[0]) for fact in lost)
            if first := next(filter(None, fronted), None):
                wanted[text] = first
        return self._try(wanted, _careful(self.package.decoding), hypotheses=True)

    def _in_halves_if_overlong(self, doubtful: Mapping[str, Rendering]) -> dict[str, Rendering]:
        """A small model that has lost its way in a long sentence finds it in a shorter one."""
        return self._in_halves([text for text, found in doubtful.items() if OVERLONG in self._faults(text, found)])

    def _in_halves(self, texts: Iterable[str]) -> dict[str, Rendering]:
        """Of texts that are long enough."""
        split = {text: _halves(text) for text in texts if len(text.split()) >= WORTH_HALVING}
        if not split:
            return {}
        halves = self._render({half: self._masked(half) for both in split.values() for half in both})
        return {text: _joined([halves[half] for half in both], both[1]) for text, both in split.items()}

    def _make_do(self, wanted: Mapping[str, Masked]) -> dict[str, Rendering]:
        """What keeps most names and figures: a translation without symbols, or one that lost some of them."""
        careful = _careful(self.package.decoding)
        plain = self._try({text: Masked(text, {}) for text in wanted}, self.package.decoding)
        masked = self._decode(list(dict.fromkeys(m.text for m in wanted.values())), careful, True, None)
        best: dict[str, Rendering] = {}
        for text, symbols in wanted.items():
            filled = [(symbols.fill(rendering.text), rendering.score) for rendering in masked[symbols.text]]
            tries = [plain[text], *(Rendering(found, score) for found, score in filled if found is not None)]
            best[text] = min(tries, key=partial(self._rank, text))
        return best

    def _masked(self, text: str) -> Masked:
        return mask(text, self.package.from_code) if self.package.masks else Masked(text, {})

    def _try(
        self,
        wanted: Mapping[str, Masked],
        decoding: Decoding,
        *,
        hypotheses: bool = False,
        progress: Progress | None = None,
    ) -> dict[str, Rendering]:
        """The best rendering of each text that has all its names and figures; none for a text where none has."""
        decoded = self._decode(list(dict.fromkeys(m.text for m in wanted.values())), decoding, hypotheses, progress)
        whole: dict[str, Rendering] = {}
        for text, masked in wanted.items():
            filled = [(masked.unmask(rendering.text), rendering.score) for rendering in decoded[masked.text]]
            complete = [Rendering(translation, score) for translation, score in filled if translation is not None]
            if complete:
                whole[text] = min(complete, key=partial(self._rank, text)) if len(complete) > 1 else complete[0]
        return whole

    def _faults(self, text: str, rendering: Rendering) -> frozenset[str]:
        found = guard.check(text, rendering.text, self.package.from_code, self.package.to_code)
        overlong = len(rendering.text.split()) > 2 * len(text.split())
        return frozenset((*found, OVERLONG) if overlong else found)

    def _missing(self, text: str, rendering: Rendering) -> tuple[Entity, ...]:
        """Names, figures and witnesses."""
        return missing(text, rendering.text, self.package.from_code) if self.package.masks else ()

    def _is_doubtful(self, text: str, rendering: Rendering) -> bool:
        return bool(self._missing(text, rendering) or self._faults(text, rendering) & _WORTH_ANOTHER_TRY)

    def _rank(self, text: str, rendering: Rendering) -> tuple[int, int, float]:
        """The lower the better: an empty or looping text is two faults; then what was lost, then the score decides."""
        faults = self._faults(text, rendering)
        return len(faults) + len(faults & _UNREADABLE), len(self._missing(text, rendering)), -rendering.score

    def _parts(self, text: str) -> list[str]:
        if len(text.split()) < 2 or len(self._model.tokenizer.encode(text)) <= LONGEST:
            return [text]
        return [part for half in _halves(text) for part in self._parts(half)]

    def _decode(
        self, texts: Sequence[str], decoding: Decoding, hypotheses: bool, progress: Progress | None
    ) -> dict[str, list[Rendering]]:
        """The best of each, or with `hypotheses` as many as there are beams."""
        encoded = {text: self._model.tokenizer.encode(text) for text in texts}
        # One "word" of hundreds of tokens is no prose, and past its last position the model raises: it stays as it is.
        decoded = {text: [Rendering(text, 0.0)] for text in texts if len(encoded[text]) > LONGEST}
        tokens = {text: encoded[text] for text in texts if text not in decoded}
        waiting = [
            (batch, self._submit([tokens[text] for text in batch], decoding, decoding.beam_size if hypotheses else 1))
            for batch in _batches(tokens)
        ]
        for batch, results in waiting:
            for text, result in zip(batch, results, strict=True):
                decoded[text] = self._renderings(result.result(), decoding)
            if progress is not None:
                progress(len(decoded), len(texts))
        return {text: decoded[text] for text in texts}

    def _submit(self, batch: list[list[str]], decoding: Decoding, hypotheses: int) -> Sequence[_Pending]:
        prefix = self._model.target_prefix
        pending: Sequence[_Pending] = self._model.translator.translate_batch(
            batch,
            target_prefix=[[prefix]] * len(batch) if prefix else None,
            asynchronous=True,
            max_input_length=0,
            # Far more than any translation needs, so that nothing is cut, and an end to a loop.
            max_decoding_length=3 * len(batch[0]) + 20,
            replace_unknowns=True,
            return_scores=True,
            num_hypotheses=hypotheses,
            **asdict(decoding),
        )
        return pending

    def _renderings(self, result: _Result, decoding: Decoding) -> list[Rendering]:
        """The hypotheses, best first."""
        return [
            self._rendering(list(tokens), score, decoding)
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        ]

    def _rendering(self, tokens: list[str], score: float, decoding: Decoding) -> Rendering:
        text = self._model.tokenizer.decode(tokens)
        text = " ".join(text.removeprefix(self._model.target_prefix).split())
        # CTranslate2 divides the sum of log probabilities by length ** penalty.
        per_token = float(score) * max(1, len(tokens)) ** (decoding.length_penalty - 1)
        return Rendering(text, round(per_token, 6))


@lru_cache(maxsize=RESIDENT)
def engine_for(package: Package) -> Engine:
    """The engine of a package, loaded once; a package with other bytes is another package."""
    return Engine(package)


def _is_crowded(text: str, masked: Masked) -> bool:
    """Halves have symbols enough for all of it."""
    return masked.crowded and len(text.split()) >= WORTH_HALVING


def _halves(text: str) -> tuple[str, str]:
    words = text.split()
    at = halfway(words)
    return " ".join(words[:at]), " ".join(words[at:])


def _joined(halves: Sequence[Rendering], second: str) -> Rendering:
    """One sentence of two: `second` is the second half's source, which tells whether it begins with a small letter."""
    first, last = (half.text for half in halves)
    if second[:1].islower() and last[1:2].islower():
        last = last[:1].lower() + last[1:]
    return Rendering(f"{first.rstrip('.')} {last}", _mean([half.score for half in halves]))


def _careful(decoding: Decoding) -> Decoding:
    return replace(
        decoding,
        beam_size=max(5, decoding.beam_size + 1),
        repetition_penalty=max(1.1, decoding.repetition_penalty),
        no_repeat_ngram_size=decoding.no_repeat_ngram_size or 4,
    )


def _batches(tokens: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Texts of one length together, the longest first so that no worker ends with a long one alone."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for text in sorted(tokens):
        by_length[len(tokens[text])].append(text)
    batches: list[list[str]] = []
    for length, texts in sorted(by_length.items(), reverse=True):
        size = max(1, BATCH_TOKENS // max(1, length))
        batches.extend(texts[at : at + size] for at in range(0, len(texts), size))
    return batches


def _spaced_like(source: str, text: str) -> str:
    """The white space around a stretch belongs to the sentence, not to the model."""
    before = source[: len(source) - len(source.lstrip())]
    after = source[len(source.rstrip()) :]
    return f"{before}{text}{after}"


def _mean(scores: Sequence[float]) -> float:
    return round(sum(scores) / len(scores), 6) if scores else 0.0


def _load(package: Package) -> _Model:
    """From memory for an archive, from its directory for an installed package."""
    if package.path.is_dir():
        return _load_directory(package)
    members = archives.read_members(package.path)
    facts = argos.facts(archives.read_metadata(package.path), package.path.name)
    if "sentencepiece.model" not in members:
        raise BadPackage(package.path.name, "has no sentencepiece.model")
    model = {name.removeprefix("model/"): data for name, data in members.items() if name.startswith("model/")}
    tokenizer = Pieces(members["sentencepiece.model"], package.path.name)
    return _Model(_translator(package, "int8", model), tokenizer, facts.target_prefix)


def _load_directory(package: Package) -> _Model:
    facts = read_metadata(package.path)
    pieces_model, bpe_model = package.path / "sentencepiece.model", package.path / "bpe.model"
    if pieces_model.exists():
        tokenizer: argos.Tokenizer = Pieces(pieces_model.read_bytes(), package.path.name)
        return _Model(_translator(package, "int8"), tokenizer, facts.target_prefix)
    if bpe_model.exists():
        # The packages with Moses and BPE hold float32 weights that answer garbage in int8.
        tokenizer = argos.bpe_tokenizer(bpe_model, package.from_code, package.to_code)
        return _Model(_translator(package, "float32"), tokenizer, facts.target_prefix)
    raise BadPackage(package.path.name, "has no tokenizer")


def _translator(package: Package, compute_type: str, files: Mapping[str, bytes] | None = None) -> Translator:
    import ctranslate2

    place = str(package.path if files else package.path / "model")
    try:
        return ctranslate2.Translator(
            place,
            argos.device(),
            compute_type=compute_type,
            inter_threads=_cores(),
            intra_threads=1,
            files=files,
        )
    except (RuntimeError, ValueError) as error:
        raise BadPackage(package.path.name, f"its model cannot be loaded: {error}") from error


def _cores() -> int:
    """The cores that this process may use, where the system tells."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
