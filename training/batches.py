"""From sentences to tensors: the shared vocabulary, and batches of similar lengths."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch import Tensor

from training.corpora import SentencePair

UNKNOWN, START, END = 0, 1, 2
LONGEST_SENTENCE = 100  # pieces; the few longer ones would cost a batch each
IGNORED = -100  # the label that torch's cross entropy skips

VIETNAMESE_LETTERS = (
    "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
    "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
)
SPANISH_LETTERS = "áéíóúüñÁÉÍÓÚÜÑ¿¡ªº"
PLAIN = "".join(map(chr, range(0x21, 0x7F))) + "“”‘’«»–—…€£°"


@dataclass(frozen=True)
class Batch:
    source: Tensor
    source_lengths: Tensor
    target: Tensor
    labels: Tensor

    def to(self, device: torch.device) -> "Batch":
        return Batch(*(part.to(device) for part in (self.source, self.source_lengths, self.target, self.labels)))


@dataclass(frozen=True)
class EncodedPair:
    source: list[int]
    english: list[int]


def train_vocabulary(sentences: Iterable[str], size: int, seed: int, file: Path) -> None:
    """Writes the sentencepiece model to `file`, whole or not at all."""
    sentencepiece.set_random_generator_seed(seed)
    draft = file.with_name("vocabulary-draft")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(draft),
        vocab_size=size,
        model_type="unigram",
        normalization_rule_name="nfkc",
        character_coverage=0.9998,
        required_chars=VIETNAMESE_LETTERS + SPANISH_LETTERS + PLAIN,
        # Numbers are then copied digit by digit, not looked up: a small model gets more of them right.
        split_digits=True,
        minloglevel=1,
    )
    draft.with_suffix(".vocab").unlink()
    draft.with_suffix(".model").replace(file)


def encode_pairs(pairs: Sequence[SentencePair], vocabulary: sentencepiece.SentencePieceProcessor) -> list[EncodedPair]:
    """Pairs with a side that is empty or too long are left out."""
    sources = vocabulary.encode([pair.source for pair in pairs], out_type=int)
    english = vocabulary.encode([pair.english for pair in pairs], out_type=int)
    return [
        EncodedPair([*source, END], target)
        for source, target in zip(sources, english, strict=True)
        if 0 < len(source) <= LONGEST_SENTENCE and 0 < len(target) <= LONGEST_SENTENCE
    ]


def make_batches(
    pairs: Sequence[EncodedPair], tokens: int, seed: str, *, short_first: bool = False
) -> list[list[EncodedPair]]:
    """Batches of about `tokens` tokens on either side with their padding, in random order.

    With `short_first` the shorter a sentence is, the sooner it tends to come: it is from short sentences that a new
    model finds out which words belong together.
    """
    dice = random.Random(seed)
    by_length = sorted(pairs, key=lambda pair: (len(pair.source) // 4, len(pair.english), dice.random()))
    batches: list[list[EncodedPair]] = []
    batch: list[EncodedPair] = []
    longest_source = longest_english = 0
    for pair in by_length:
        longest_source = max(longest_source, len(pair.source))
        longest_english = max(longest_english, len(pair.english) + 1)
        if batch and (len(batch) + 1) * (longest_source + longest_english) > 2 * tokens:
            batches.append(batch)
            batch = []
            longest_source, longest_english = len(pair.source), len(pair.english) + 1
        batch.append(pair)
    batches.append(batch)
    if short_first:
        # The batches lie in order of length: each moves by up to the length of the list.
        places = [at + dice.random() * len(batches) for at in range(len(batches))]
        return [batch for _, batch in sorted(zip(places, batches, strict=True), key=lambda placed: placed[0])]
    dice.shuffle(batches)
    return batches


def collate(pairs: Sequence[EncodedPair]) -> Batch:
    return Batch(
        source=_pad([pair.source for pair in pairs], END),
        source_lengths=torch.tensor([len(pair.source) for pair in pairs]),
        target=_pad([[START, *pair.english] for pair in pairs], END),
        labels=_pad([[*pair.english, END] for pair in pairs], IGNORED),
    )


def _pad(rows: list[list[int]], filler: int) -> Tensor:
    padded = np.full((len(rows), max(map(len, rows))), filler, dtype=np.int64)
    for at, row in enumerate(rows):
        padded[at, : len(row)] = row
    return torch.from_numpy(padded)
