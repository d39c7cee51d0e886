"""Decoding with CTranslate2: many sentences at once, each as if it were alone.

What a sentence becomes must not depend on its neighbours in the batch, or two runs that were interrupted at
different points would differ. Padding is what makes neighbours matter, so a batch holds sentences of exactly one
length in tokens. (`test_translation.py` compares batches with single sentences and with another order.)
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Protocol

from pipeline import guard
from pipeline.errors import BadPackage
from pipeline.sentences import halfway
from pipeline.translation import archives, argos
from pipeline.translation.packages import Decoding, Package, read_metadata
from pipeline.translation.pieces import Pieces
from pipeline.translation.protection import pieces, readable

if TYPE_CHECKING:
    from ctranslate2 import Translator


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
RESIDENT = 4
"""Engines that stay loaded, at 100 to 150 MB each: both directions of two pairs."""

_WORTH_ANOTHER_TRY = frozenset((guard.EMPTY, guard.REPETITION, guard.LENGTH))
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
        wanted = list(dict.fromkeys(part for found in parts.values() for part in found))
        decoded = self._decode(wanted, self.package.decoding, progress)
        doubtful = [text for text in wanted if not self._faults(text, decoded[text]).isdisjoint(_WORTH_ANOTHER_TRY)]
        for text, again in self._decode(doubtful, _careful(self.package.decoding), None).items():
            decoded[text] = min(decoded[text], again, key=partial(self._rank, text))
        return {
            text: Rendering(
                " ".join(decoded[part].text for part in found), _mean([decoded[part].score for part in found])
            )
            for text, found in parts.items()
        }

    def _faults(self, text: str, rendering: Rendering) -> frozenset[str]:
        return frozenset(guard.check(text, rendering.text, self.package.from_code, self.package.to_code))

    def _rank(self, text: str, rendering: Rendering) -> tuple[int, float]:
        """The lower the better: an empty or looping text is two faults, then the score decides."""
        faults = self._faults(text, rendering)
        return len(faults) + len(faults & _UNREADABLE), -rendering.score

    def _parts(self, text: str) -> list[str]:
        words = text.split()
        if len(words) < 2 or len(self._model.tokenizer.encode(text)) <= LONGEST:
            return [text]
        at = halfway(words)
        return [*self._parts(" ".join(words[:at])), *self._parts(" ".join(words[at:]))]

    def _decode(self, texts: Sequence[str], decoding: Decoding, progress: Progress | None) -> dict[str, Rendering]:
        encoded = {text: self._model.tokenizer.encode(text) for text in texts}
        # One "word" of hundreds of tokens is no prose, and past its last position the model raises: it stays as it is.
        decoded = {text: Rendering(text, 0.0) for text in texts if len(encoded[text]) > LONGEST}
        tokens = {text: encoded[text] for text in texts if text not in decoded}
        waiting = [(batch, self._submit([tokens[text] for text in batch], decoding)) for batch in _batches(tokens)]
        for batch, results in waiting:
            for text, result in zip(batch, results, strict=True):
                decoded[text] = self._rendering(result.result(), decoding)
            if progress is not None:
                progress(len(decoded), len(texts))
        return {text: decoded[text] for text in texts}

    def _submit(self, batch: list[list[str]], decoding: Decoding) -> Sequence[_Pending]:
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
            **asdict(decoding),
        )
        return pending

    def _rendering(self, result: _Result, decoding: Decoding) -> Rendering:
        tokens = list(result.hypotheses[0])
        text = self._model.tokenizer.decode(tokens)
        text = " ".join(text.removeprefix(self._model.target_prefix).split())
        # CTranslate2 divides the sum of log probabilities by length ** penalty.
        per_token = float(result.scores[0]) * max(1, len(tokens)) ** (decoding.length_penalty - 1)
        return Rendering(text, round(per_token, 6))


@lru_cache(maxsize=RESIDENT)
def engine_for(package: Package) -> Engine:
    """The engine of a package, loaded once; a package with other bytes is another package."""
    return Engine(package)


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
