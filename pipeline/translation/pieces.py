"""SentencePiece: the one import of `sentencepiece`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import BadPackage

if TYPE_CHECKING:
    from sentencepiece import SentencePieceProcessor


class Pieces:
    """A SentencePiece model. Unlike Argos's own tokenizer it leaves underscores as they are."""

    def __init__(self, model: bytes, package: str) -> None:
        from sentencepiece import SentencePieceProcessor

        try:
            self._processor: SentencePieceProcessor = SentencePieceProcessor(model_proto=model)
        except RuntimeError as error:
            raise BadPackage(package, f"its sentencepiece.model cannot be read: {error}") from error

    def encode(self, sentence: str) -> list[str]:
        return [str(piece) for piece in self._processor.encode(sentence, out_type=str)]

    def decode(self, tokens: list[str]) -> str:
        # An unknown token that was replaced by its source piece is in no vocabulary and keeps the marker.
        return str(self._processor.decode_pieces(tokens)).replace("▁", " ").strip()
