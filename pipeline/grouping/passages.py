"""The passages that two texts share, for a person who asks why they stand together."""

from __future__ import annotations

from pipeline.grouping.wording import WORDS_READ, words


def shared_passages(one: str, other: str, count: int = 3, least: int = 3) -> tuple[str, ...]:
    """The longest runs of at least `least` words of `one` that `other` has too, as normalised words, longest first."""
    ours, theirs = words(one)[:WORDS_READ], words(other)[:WORDS_READ]
    known = {tuple(theirs[i : i + least]) for i in range(len(theirs) - least + 1)}
    runs: list[tuple[int, int]] = []
    for start in range(len(ours) - least + 1):
        if tuple(ours[start : start + least]) not in known:
            continue
        if runs and start + least - 1 == runs[-1][1]:
            runs[-1] = (runs[-1][0], start + least)
        else:
            runs.append((start, start + least))
    longest = sorted(runs, key=lambda run: (run[0] - run[1], run[0]))[:count]
    return tuple(" ".join(ours[start:end]) for start, end in longest)
