"""Prints in-domain sentences with their translations, worst to best: python -m training.samples --run DIR."""

import argparse
import json
from pathlib import Path

import sacrebleu

from training import in_domain
from training.evaluate import ENGINE, IN_DOMAIN

SHOWN = 5


def samples(language: str, translations: list[str]) -> str:
    """Markdown: the worst, the best and those between at even distances, by chrF for each sentence."""
    ranked = sorted(
        zip(in_domain.read_sentences(language), translations, strict=True),
        key=lambda pair: sacrebleu.sentence_chrf(pair[1], [pair[0].english]).score,
    )
    chosen = [ranked[round(at * (len(ranked) - 1) / (SHOWN - 1))] for at in range(SHOWN)]
    return "\n".join(
        f"- {sentence.source}\n  - *reference*: {sentence.english}\n  - *translated* (chrF"
        f" {sacrebleu.sentence_chrf(text, [sentence.english]).score:.0f}): {text}"
        for sentence, text in chosen
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="folder with translations.json")
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    outputs = json.loads((options.run / "translations.json").read_text(encoding="utf-8"))
    for language in ("vi", "es"):
        print(f"\n### {language} → en\n")
        print(samples(language, outputs[f"{language}-en {IN_DOMAIN} {ENGINE} {options.beam}"]))


if __name__ == "__main__":
    main()
