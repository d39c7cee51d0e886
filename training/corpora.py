"""Which parallel corpora the starter packages learn from, on what terms, and how much of each."""

import csv
import io
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard

from pipeline.translation.masks import mask_pair

GLOSSARY = Path(__file__).parents[1] / "pipeline" / "glossary" / "beat.tsv"
HELD_OUT_PER_PAIR = 500
HELD_OUT_BEAT_LINES = 60

# How often a training source is altered, so that the model meets names typed without marks and headlines
# in capitals.
STRIPPED_VIETNAMESE = 0.08
UPPER_CASED = 0.02
# Of the others, how many have symbols for their names and figures. The rest keep them: a package must do without, too.
MASKED = 0.6


@dataclass(frozen=True)
class Corpus:
    """A corpus and the mean number of copies of each of its sentences in one round of training."""

    pair: str
    name: str
    licence: str
    copies: float


# Every licence here permits any use, with attribution or share-alike at most. The same files hold corpora
# that state no licence, or a non-commercial one: those are left out. News and formal text weigh most; the
# software and game texts are sampled for their vocabulary.
CORPORA = (
    Corpus("vi-en", "alt", "CC BY 4.0", 1.0),
    Corpus("vi-en", "xquad", "CC BY-SA 4.0", 1.0),
    Corpus("vi-en", "tatoeba", "CC BY 2.0 FR", 1.0),
    Corpus("vi-en", "mlqa_questions", "CC BY-SA 3.0", 0.7),
    Corpus("vi-en", "vote_gov", "public domain (US government)", 1.0),
    Corpus("vi-en", "msft_courses", "MIT", 0.2),
    Corpus("vi-en", "d2l_mt", "CC BY-SA 4.0", 0.2),
    Corpus("vi-en", "d365_projops", "CC BY 4.0", 0.2),
    Corpus("vi-en", "hf_course", "Apache-2.0", 0.2),
    Corpus("vi-en", "wesnoth", "GPL-2+", 0.3),
    Corpus("vi-en", "mozilla_www", "MPL-2.0", 0.3),
    Corpus("vi-en", "debian_handbook", "CC BY-SA 3.0 / GPL-2+", 0.1),
    Corpus("vi-en", "libreoffice_help", "MPL-2.0", 0.03),
    Corpus("vi-en", "fvdp_examples", "GPL-2+", 0.4),
    Corpus("vi-en", "react_docs", "CC BY 4.0", 0.05),
    Corpus("vi-en", "beat", "Apache-2.0", 3.0),
    Corpus("vi-en", "glossary", "Apache-2.0 (triwire's own)", 2.0),
    Corpus("es-en", "europarl_nc_20k", "Europarl: free use with acknowledgement; News Commentary: WMT terms", 1.0),
    Corpus("es-en", "un_testset", "UN Parallel Corpus v1.0 terms (attribution)", 1.0),
    Corpus("es-en", "tico19", "CC0 1.0", 1.0),
    Corpus("es-en", "mt_geneval", "CC BY-SA 3.0", 0.7),
    Corpus("es-en", "xquad", "CC BY-SA 4.0", 1.0),
    Corpus("es-en", "pud", "CC BY-SA 3.0", 1.5),
    Corpus("es-en", "un_sdg", "MIT", 0.7),
    Corpus("es-en", "mlqa_questions", "CC BY-SA 3.0", 0.7),
    Corpus("es-en", "vote_gov", "public domain (US government)", 1.0),
    Corpus("es-en", "pawsx_devtest", "PAWS-X terms (any purpose)", 0.3),
    Corpus("es-en", "tatoeba", "CC BY 2.0 FR", 0.2),
    Corpus("es-en", "msft_courses", "MIT", 0.05),
    Corpus("es-en", "tensorflow_docs", "Apache-2.0 / CC BY 4.0", 0.03),
    Corpus("es-en", "d365_projops", "CC BY 4.0", 0.1),
    Corpus("es-en", "wesnoth", "GPL-2+", 0.07),
    Corpus("es-en", "mozilla_www", "MPL-2.0", 0.2),
    Corpus("es-en", "debian_handbook", "CC BY-SA 3.0 / GPL-2+", 0.05),
    Corpus("es-en", "python_docs", "CC0 / PSF", 0.01),
    Corpus("es-en", "gimp_help", "GFDL-1.2+", 0.02),
    Corpus("es-en", "bible", "public domain", 0.02),
    Corpus("es-en", "beat", "Apache-2.0", 3.0),
    Corpus("es-en", "glossary", "Apache-2.0 (triwire's own)", 2.0),
)


@dataclass(frozen=True)
class SentencePair:
    source: str
    english: str


@dataclass(frozen=True)
class Corpora:
    """The sentences of every corpus, and the validation slices that were taken out of them."""

    training: dict[Corpus, list[SentencePair]]
    validation: dict[str, list[SentencePair]]

    @classmethod
    def read(cls, folder: Path) -> "Corpora":
        """The validation slices depend on the files alone, never on a seed, so that runs can be compared."""
        training: dict[Corpus, list[SentencePair]] = {corpus: [] for corpus in CORPORA}
        for corpus, sentence_pair in _read_rows(folder):
            training[corpus].append(sentence_pair)
        if empty := [f"{corpus.pair}/{corpus.name}" for corpus, pairs in training.items() if not pairs]:
            raise ValueError(f"no sentences in {folder} for {', '.join(empty)}")

        validation: dict[str, list[SentencePair]] = {}
        for beat in (corpus for corpus in CORPORA if corpus.name == "beat"):
            validation[f"beat.{beat.pair}"] = training[beat][-HELD_OUT_BEAT_LINES:]
            training[beat] = training[beat][:-HELD_OUT_BEAT_LINES]
            formal = [
                corpus
                for corpus in CORPORA
                if corpus.pair == beat.pair and corpus.copies >= 1 and corpus.name not in {"beat", "glossary"}
            ]
            validation[beat.pair] = _hold_out(training, formal)
        return cls(training, validation)

    def sample_round(self, seed: int, number: int) -> list[SentencePair]:
        """One round of training in random order; the same seed and number give the same round."""
        dice = random.Random(f"{seed}/{number}")
        chosen = []
        for corpus, pairs in self.training.items():
            whole, part = divmod(corpus.copies, 1)
            copies = pairs * int(whole) + dice.sample(pairs, round(part * len(pairs)))
            chosen += [_alter(pair, corpus.pair, dice) for pair in copies]
        dice.shuffle(chosen)
        return chosen


def strip_marks(text: str) -> str:
    """Vietnamese as typed without a Vietnamese keyboard: `Trịnh Đình Dũng` becomes `Trinh Dinh Dung`."""
    decomposed = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _alter(pair: SentencePair, languages: str, dice: random.Random) -> SentencePair:
    draw = dice.random()
    if draw < UPPER_CASED:
        return SentencePair(pair.source.upper(), pair.english)
    if languages == "vi-en" and draw < UPPER_CASED + STRIPPED_VIETNAMESE:
        pair = SentencePair(strip_marks(pair.source), pair.english)
    if dice.random() < MASKED:
        return SentencePair(*mask_pair(pair.source, pair.english, languages[:2]))
    return pair


def _hold_out(training: dict[Corpus, list[SentencePair]], corpora: list[Corpus]) -> list[SentencePair]:
    everything = [(corpus, at) for corpus in corpora for at in range(len(training[corpus]))]
    taken = random.Random("validation").sample(everything, HELD_OUT_PER_PAIR)
    held_out = [training[corpus][at] for corpus, at in taken]
    # Questions and paraphrases repeat a sentence within a corpus: the text must be gone, not only the line.
    sources = {pair.source for pair in held_out}
    english = {pair.english for pair in held_out}
    for corpus in corpora:
        training[corpus] = [
            pair for pair in training[corpus] if pair.source not in sources and pair.english not in english
        ]
    return held_out


def _read_rows(folder: Path) -> Iterator[tuple[Corpus, SentencePair]]:
    wanted = {(corpus.pair, corpus.name): corpus for corpus in CORPORA}
    for pair in ("vi-en", "es-en"):
        with (folder / f"{pair}.tsv.zst").open("rb") as packed:
            for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), encoding="utf-8"):
                source, english, name = line.rstrip("\n").split("\t")
                if corpus := wanted.get((pair, name)):
                    yield corpus, SentencePair(source, english)
    for line in (folder / "beat.tsv").read_text(encoding="utf-8").splitlines():
        english, vietnamese, spanish = line.split("\t")
        yield wanted["vi-en", "beat"], SentencePair(vietnamese, english)
        yield wanted["es-en", "beat"], SentencePair(spanish, english)
    for vietnamese, spanish, english in _read_glossary():
        for spelling in vietnamese:
            yield wanted["vi-en", "glossary"], SentencePair(spelling, english)
        for spelling in spanish:
            yield wanted["es-en", "glossary"], SentencePair(spelling, english)


def _read_glossary() -> Iterator[tuple[list[str], list[str], str]]:
    """The spellings of each term, and its usual English."""
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, dialect="excel-tab", quoting=csv.QUOTE_NONE):
            vietnamese, spanish, english = (
                [spelling for spelling in row[name].split("|") if spelling] for name in ("vi", "es", "en")
            )
            yield vietnamese, spanish, english[0]
