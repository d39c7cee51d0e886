"""The pieces of the pretrained tokenizer that the three languages need, as sentencepiece models.

Two files: `sentencepiece.model` splits source sentences, and `english.model` English ones. English has the first of
the same pieces, under the same numbers, so that the decoder's vocabulary is the head of the encoder's.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import sentencepiece
from sentencepiece import sentencepiece_model_pb2

from pipeline.translation.masks import MASKS
from training.batches import (
    END,
    LONGEST_SENTENCE,
    PLAIN,
    SPANISH_LETTERS,
    START,
    VIETNAMESE_LETTERS,
    EncodedPair,
)
from training.corpora import Corpora, SentencePair
from training.encoder import PretrainedEncoder

SPECIAL = ("<unk>", "<s>", "</s>")  # numbered as training.batches expects
SOURCE_MODEL = "sentencepiece.model"
ENGLISH_MODEL = "english.model"
_NORMAL, _UNKNOWN, _CONTROL, _USER_DEFINED = 1, 2, 3, 4
_MARKER = "▁"


@dataclass(frozen=True)
class PrunedPieces:
    """Pieces by their new numbers; the first `english` of them are the decoder's."""

    pieces: list[str]
    english: int

    def originals(self, pretrained: PretrainedEncoder) -> list[int]:
        """The numbers that the pieces have in the pretrained model."""
        numbers = {piece: number for number, piece in enumerate(pretrained.pieces)}
        return [numbers[piece] for piece in self.pieces]


def prune(pretrained: PretrainedEncoder, corpora: Corpora, english_size: int, fewest: int, folder: Path) -> None:
    """Writes the models. A source piece is kept from `fewest` occurrences, of English pieces the `english_size`
    that make up most of its side as it is sampled."""
    scores = dict(zip(pretrained.pieces, pretrained.scores, strict=True))
    letters = set(VIETNAMESE_LETTERS + SPANISH_LETTERS + PLAIN + _MARKER)
    usable = [piece for piece in pretrained.pieces if is_usable(piece)]
    whole = folder / "whole.model"
    _write(whole, usable, scores)
    splitter = sentencepiece.SentencePieceProcessor(model_file=str(whole))
    whole.unlink()

    sampled: Counter[str] = Counter()
    occurring: Counter[str] = Counter()
    for corpus, pairs in corpora.training.items():
        english = _count(splitter, (pair.english for pair in pairs))
        for piece, count in english.items():
            sampled[piece] += count * corpus.copies
        occurring += english + _count(splitter, (pair.source for pair in pairs))
    spelled = [piece for piece in usable if set(piece) <= letters and len(piece.strip(_MARKER)) < 2]
    english_only = sorted(sampled, key=lambda piece: (-sampled[piece], piece))
    head = list(dict.fromkeys([*MASKS, *spelled, *english_only]))[:english_size]
    kept = set(head)
    tail = [piece for piece in usable if piece not in kept and occurring[piece] >= fewest]
    _write(folder / ENGLISH_MODEL, head, scores)
    _write(folder / SOURCE_MODEL, head + tail, scores)


@dataclass(frozen=True)
class Splitter:
    """Source sentences as <s> ... </s>, English ones bare, as `collate` wants them."""

    source: sentencepiece.SentencePieceProcessor
    english: sentencepiece.SentencePieceProcessor

    @classmethod
    def read(cls, folder: Path) -> "Splitter":
        return cls(
            *(
                sentencepiece.SentencePieceProcessor(model_file=str(folder / name))
                for name in (SOURCE_MODEL, ENGLISH_MODEL)
            )
        )

    def encode(self, pairs: Sequence[SentencePair]) -> list[EncodedPair]:
        """Pairs with a side that is empty or too long are left out."""
        sources = self.source.encode([pair.source for pair in pairs], out_type=int)
        english = self.english.encode([pair.english for pair in pairs], out_type=int)
        return [
            EncodedPair([START, *source, END], target)
            for source, target in zip(sources, english, strict=True)
            if 0 < len(source) <= LONGEST_SENTENCE and 0 < len(target) <= LONGEST_SENTENCE
        ]


def read_pieces(folder: Path) -> PrunedPieces:
    source, english = (
        sentencepiece.SentencePieceProcessor(model_file=str(folder / name)) for name in (SOURCE_MODEL, ENGLISH_MODEL)
    )
    pieces = [source.id_to_piece(number) for number in range(source.get_piece_size())]
    return PrunedPieces(pieces, english.get_piece_size())


def is_usable(piece: str) -> bool:
    """Not the special ones, and of digits single ones alone: numbers are then copied digit by digit."""
    if re.fullmatch(r"<.+>", piece):
        return False
    inner = piece.removeprefix(_MARKER)
    return len(inner) < 2 or not re.search(r"\d", inner)


def _count(splitter: sentencepiece.SentencePieceProcessor, texts: Iterable[str]) -> Counter[str]:
    return Counter(chain.from_iterable(splitter.encode(list(texts), out_type=str)))


def _write(file: Path, pieces: Iterable[str], scores: dict[str, float]) -> None:
    """A unigram model. Its normalization, nmt_nfkc as in XLM-RoBERTa, is taken from one that is trained on nothing."""
    draft = file.with_suffix(".draft")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d"] * 20),
        model_prefix=str(draft),
        vocab_size=8,
        hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc",
        minloglevel=2,
    )
    draft.with_suffix(".draft.vocab").unlink()
    trained = draft.with_suffix(".draft.model")
    model = sentencepiece_model_pb2.ModelProto.FromString(trained.read_bytes())
    trained.unlink()
    del model.pieces[:]
    for piece in SPECIAL:
        model.pieces.add(piece=piece, score=0.0, type=_UNKNOWN if piece == SPECIAL[0] else _CONTROL)
    for piece in pieces:
        # Symbols of masks are never joined to anything.
        kind = _USER_DEFINED if piece in MASKS else _NORMAL
        model.pieces.add(piece=piece, score=scores[piece], type=kind)
    model.trainer_spec.vocab_size = len(model.pieces)
    draft.write_bytes(model.SerializeToString())
    draft.replace(file)
