"""An embedder that remembers: what it has read once is on disk, under a hash of its name and the text."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.search.embedding import Embedder
from bot.search.postings import Floats

STEP = 64  # texts between two words of progress; a second or so


class Remembering:
    """For building, not for asking. What the last knowledge does not use any more is dropped."""

    def __init__(self, embedder: Embedder, folder: Path, progress: Callable[[int, int], None]) -> None:
        self._embedder = embedder
        self._path = folder / f"vectors-{hashlib.sha256(embedder.name.encode()).hexdigest()[:16]}.npz"
        self._progress = progress

    @property
    def name(self) -> str:
        return self._embedder.name

    def encode(self, texts: Sequence[str]) -> Floats:
        known = self._read()
        keys = [hashlib.sha256(f"{self.name}\n{text}".encode()).digest() for text in texts]
        new = list({key: text for key, text in zip(keys, texts, strict=True) if key not in known}.items())
        for start in range(0, len(new), STEP):
            batch = new[start : start + STEP]
            vectors = self._embedder.encode([text for _, text in batch])
            known |= {key: vector for (key, _), vector in zip(batch, vectors, strict=True)}
            self._write(known)  # knowledge that changes again ends this process; nothing is read twice
            self._progress(min(start + STEP, len(new)), len(new))
        self._write({key: known[key] for key in keys})
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[bytes, Floats]:
        """Nothing if there is none, or if what is there cannot be trusted."""
        try:
            with self._path.open("rb") as file, np.load(file, allow_pickle=False) as read:
                keys, vectors = read["keys"], read["vectors"]
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return {}
        return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=False)}

    def _write(self, known: dict[bytes, Floats]) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        keys = np.array([np.frombuffer(key, np.uint8) for key in known])
        with tempfile.NamedTemporaryFile(
            dir=self._path.parent, prefix="vectors-", suffix=".part", delete=False
        ) as file:
            np.savez(file, allow_pickle=False, keys=keys, vectors=np.stack(list(known.values())))
        Path(file.name).replace(self._path)
