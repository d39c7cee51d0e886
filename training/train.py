"""Trains the joint vi+es->en model within a time budget: python -m training.train --corpora DIR --out DIR.

Run again with the same --out, it goes on where it was stopped.
"""

import argparse
import json
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType

import sentencepiece
import torch
from torch import Tensor
from torch.nn import functional

from training.batches import IGNORED, Batch, collate, encode_pairs, make_batches, train_vocabulary
from training.corpora import Corpora
from training.model import Shape, Transformer

WARM_UP_STEPS = 100
AVERAGE_EVERY = 4  # steps
AVERAGE_KEEP = 0.99  # of the average at each such step: it spans about the last 400 steps
SHORT_FIRST_ROUNDS = 2
REPORT_EVERY = 50
VALIDATE_EVERY = 600


@dataclass(frozen=True)
class Progress:
    """Where a run stands. `seconds` counts training alone, so that a pause does not eat the budget."""

    round: int = 0
    batch: int = 0
    step: int = 0
    tokens: int = 0
    seconds: float = 0.0


class Stop:
    """Becomes true when the process is asked to end, so that the step in hand is finished and saved."""

    def __init__(self) -> None:
        self.asked = False
        signal.signal(signal.SIGINT, self._ask)
        signal.signal(signal.SIGTERM, self._ask)

    def _ask(self, signum: int, frame: FrameType | None) -> None:
        self.asked = True


class Trainer:
    def __init__(self, options: argparse.Namespace) -> None:
        self.out: Path = options.out
        self.seed: int = options.seed
        self.budget_seconds: float = options.minutes * 60
        self.batch_tokens: int = options.batch_tokens
        self.threads: int = options.threads
        self.pool = ThreadPoolExecutor(self.threads)
        self.peak_rate: float = options.rate
        self.corpora = Corpora.read(options.corpora)
        self.vocabulary = self._read_vocabulary(options.vocabulary)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.use_bfloat16: bool = options.bfloat16
        torch.manual_seed(self.seed)
        shape = Shape(
            vocabulary=self.vocabulary.get_piece_size(),
            width=options.width,
            heads=options.width // 64,
            encoder_layers=options.encoder_layers,
            decoder_layers=options.decoder_layers,
            feed_forward=4 * options.width,
            max_positions=1024,
            dropout=options.dropout,
        )
        self.model = Transformer(shape).to(self.device)
        self.optimizers = self._make_optimizers(options.matrix_rate)
        self.average = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.progress = Progress()
        self._resume()

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    def train(self, save_every: float) -> None:
        """Until the budget is spent or the process is asked to stop; the state is saved in both cases."""
        stop = Stop()
        saved = reported = self.progress.seconds
        loss_sum, token_sum = 0.0, 0
        for batches in self._batches():
            started = time.monotonic()
            tokens = sum(int((batch.labels != IGNORED).sum()) for batch in batches)
            loss = self._step(batches, tokens)
            self.progress = replace(
                self.progress,
                batch=self.progress.batch + len(batches),
                step=self.progress.step + 1,
                tokens=self.progress.tokens + tokens,
                seconds=self.progress.seconds + time.monotonic() - started,
            )
            loss_sum, token_sum = loss_sum + loss * tokens, token_sum + tokens
            done = stop.asked or self.progress.seconds >= self.budget_seconds
            if self.progress.step % REPORT_EVERY == 0 or done:
                self._report(loss_sum / token_sum, token_sum / (self.progress.seconds - reported))
                loss_sum, token_sum, reported = 0.0, 0, self.progress.seconds
            if self.progress.step % VALIDATE_EVERY == 0 or done:
                self._validate()
            if self.progress.seconds - saved > save_every or done:
                self._save()
                saved = self.progress.seconds
            if done:
                return

    def _batches(self) -> Iterator[list[Batch]]:
        """What the threads work on in one step: a batch each."""
        while True:
            number = self.progress.round
            pairs = encode_pairs(self.corpora.sample_round(self.seed, number), self.vocabulary)
            batches = make_batches(
                pairs,
                self.batch_tokens // self.threads,
                f"{self.seed}/{number}",
                short_first=number < SHORT_FIRST_ROUNDS,
            )
            tokens = sum(len(pair.english) + 1 for pair in pairs)
            print(
                f"round {number}: {len(pairs):,} pairs, {len(batches):,} batches, {tokens:,} target tokens",
                flush=True,
            )
            for at in range(self.progress.batch, len(batches), self.threads):
                yield [collate(batch).to(self.device) for batch in batches[at : at + self.threads]]
            self.progress = replace(self.progress, round=number + 1, batch=0)

    def _step(self, batches: list[Batch], tokens: int) -> float:
        """Each thread computes whole gradients of its own: it then waits for the others once, not at every layer."""
        share = self._rate_share()
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * share
        self.model.train()
        results = list(self.pool.map(lambda batch: self._gradients(batch, tokens), batches))
        parameters = list(self.model.parameters())
        for parameter, *gradients in zip(parameters, *(gradients for _, gradients in results), strict=True):
            parameter.grad = torch.stack(gradients).sum(dim=0)
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        list(self.pool.map(_advance, self.optimizers))
        if self.progress.step % AVERAGE_EVERY == 0:
            # Early on the average must not remember the random start for long.
            keep = min(AVERAGE_KEEP, 1 - 4 / (4 + self.progress.step / AVERAGE_EVERY))
            for name, value in self.model.state_dict().items():
                self.average[name].lerp_(value, 1 - keep)
        return sum(loss for loss, _ in results)

    def _gradients(self, batch: Batch, tokens: int) -> tuple[float, tuple[Tensor, ...]]:
        """The batch's part of the mean loss over `tokens`, and its gradients."""
        loss = self._loss(batch, label_smoothing=0.1) / tokens
        return float(loss.detach()), torch.autograd.grad(loss, list(self.model.parameters()))

    def _loss(self, batch: Batch, label_smoothing: float) -> Tensor:
        """Summed over the target tokens."""
        keep = batch.labels != IGNORED
        with self._precision():
            logits = self.model(batch.source, batch.source_lengths, batch.target, keep)
        return functional.cross_entropy(
            logits.float(), batch.labels[keep], label_smoothing=label_smoothing, reduction="sum"
        )

    def _precision(self) -> AbstractContextManager[object]:
        return torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.use_bfloat16)

    def _make_optimizers(self, matrix_rate: float) -> list[torch.optim.Optimizer]:
        """Muon for the inner matrices, which learns more from few tokens than Adam does; Adam for the rest."""
        named = list(self.model.named_parameters())
        matrices = [parameter for name, parameter in named if parameter.dim() == 2 and name != "embedding.weight"]
        rest = [parameter for name, parameter in named if parameter.dim() != 2 or name == "embedding.weight"]
        return [
            torch.optim.Adam([{"params": rest, "peak": self.peak_rate}], betas=(0.9, 0.98), eps=1e-9, fused=True),
            # One for each matrix, so that the threads can share the work.
            *(
                torch.optim.Muon(
                    [{"params": [matrix], "peak": matrix_rate}],
                    weight_decay=0.0,
                    ns_steps=4,
                    adjust_lr_fn="match_rms_adamw",
                )
                for matrix in matrices
            ),
        ]

    def _rate_share(self) -> float:
        """Warm-up, then straight down to nothing at the end of the budget."""
        warm_up = min(1.0, (self.progress.step + 1) / WARM_UP_STEPS)
        return warm_up * max(0.01, 1 - self.progress.seconds / self.budget_seconds)

    def _report(self, loss: float, speed: float) -> None:
        left = max(0.0, self.budget_seconds - self.progress.seconds)
        print(
            f"{self.progress.seconds / self.budget_seconds:6.1%}  step {self.progress.step:,}  "
            f"loss {loss:.3f}  {speed:,.0f} tokens/s  {self.progress.tokens / 1e6:.2f} M tokens  "
            f"{left / 60:.0f} min left, until {time.strftime('%H:%M', time.localtime(time.time() + left))}",
            flush=True,
        )

    @torch.no_grad()
    def _validate(self) -> None:
        """Prints the averaged weights' loss on each held-out slice and adds it to validation.jsonl."""
        weights = {name: value.clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        self.model.eval()
        losses = {}
        for name, pairs in self.corpora.validation.items():
            total, tokens = 0.0, 0
            for pairs_of_batch in make_batches(encode_pairs(pairs, self.vocabulary), self.batch_tokens, "validation"):
                total += float(self._loss(collate(pairs_of_batch).to(self.device), label_smoothing=0.0))
                tokens += sum(len(pair.english) + 1 for pair in pairs_of_batch)
            losses[name] = round(total / tokens, 4)
        self.model.load_state_dict(weights)
        print("        held out:", "  ".join(f"{name} {loss:.3f}" for name, loss in losses.items()), flush=True)
        with (self.out / "validation.jsonl").open("a") as log:
            log.write(json.dumps({**asdict(self.progress), **losses}) + "\n")

    def _read_vocabulary(self, size: int) -> sentencepiece.SentencePieceProcessor:
        file = self.out / "sentencepiece.model"
        if not file.exists():
            print(f"learning a vocabulary of {size:,} pieces", flush=True)
            sample = self.corpora.sample_round(self.seed, 0)
            texts = (text for pair in sample for text in (pair.source, pair.english))
            train_vocabulary(texts, size, self.seed, file)
        return sentencepiece.SentencePieceProcessor(model_file=str(file))

    def _resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, map_location=self.device)
        if Shape(**state["shape"]) != self.model.shape:
            raise SystemExit(f"{self.checkpoint} holds a model of another shape: {state['shape']}")
        self.model.load_state_dict(state["model"])
        for optimizer, kept in zip(self.optimizers, state["optimizers"], strict=True):
            optimizer.load_state_dict(kept)
        self.average = state["average"]
        self.progress = Progress(**state["progress"])
        print(f"going on after step {self.progress.step:,}", flush=True)

    def _save(self) -> None:
        """By way of a second file: a kill in the middle leaves the checkpoint before."""
        draft = self.checkpoint.with_suffix(".draft")
        torch.save(
            {
                "shape": asdict(self.model.shape),
                "model": self.model.state_dict(),
                "average": self.average,
                "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
                "progress": asdict(self.progress),
                "seed": self.seed,
            },
            draft,
        )
        draft.replace(self.checkpoint)


def _advance(optimizer: torch.optim.Optimizer) -> None:
    optimizer.step()


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder with vi-en.tsv.zst, es-en.tsv.zst, beat.tsv"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the vocabulary and the checkpoint")
    parser.add_argument(
        "--minutes", type=float, default=75, help="training time that the learning rate falls to zero in"
    )
    parser.add_argument("--batch-tokens", type=int, default=2500, help="target tokens in a step")
    parser.add_argument("--rate", type=float, default=2e-3, help="highest learning rate of Adam")
    parser.add_argument("--matrix-rate", type=float, default=3e-3, help="highest learning rate of Muon")
    parser.add_argument("--vocabulary", type=int, default=10_000, help="pieces")
    parser.add_argument("--width", type=int, default=256)
    parser.add_argument("--encoder-layers", type=int, default=6)
    parser.add_argument("--decoder-layers", type=int, default=2)
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--bfloat16", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--threads", type=int, default=2, help="each computes a part of every step")
    parser.add_argument("--save-every", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    torch.set_num_threads(1)  # of each of ours
    options.out.mkdir(parents=True, exist_ok=True)
    Trainer(options).train(options.save_every)


if __name__ == "__main__":
    main()
