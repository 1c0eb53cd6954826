"""The model of py3langid: how well a text fits a language, by the patterns of bytes in it.

py3langid itself keeps a table with 256 next states for each state: with all else 100 MB in memory. Each state stands for a
pattern of at most six bytes, and the walk always stands at the longest pattern in which the text ends so far. A sorted list of
the patterns says the same in a third of the memory.
"""

import lzma
import shutil
import tempfile
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE

# A pattern is a number: its length in the top byte, its own bytes in the lower ones.
_LENGTH_AT, _BYTES = np.uint64(56), np.uint64((1 << 56) - 1)
LONGEST = 6
_AT_ONCE = 2048

Numbers = NDArray[np.uint64]


class Model:
    """The model for these labels. Reads only once it is made, so threads may share it."""

    def __init__(self, labels: Collection[str]) -> None:
        with _unpacked() as arrays:
            classes = arrays["classes"].tolist()
            columns = [number for number, label in enumerate(classes) if label in labels]
            self._labels = [classes[number] for number in columns]
            self._priors = arrays["pc"][columns]
            self._weights = arrays["ptc"][:, columns]
            patterns = _patterns(arrays["nextmove"].reshape(-1, 256), arrays["nextmove_row"])
            order = np.argsort(patterns)
            self._patterns = patterns[order]
            self._features = arrays["out_feat"][order]
        if missing := set(labels) - set(self._labels):
            raise ValueError(f"the model knows no language called {', '.join(sorted(missing))}")

    def fits(self, text: str) -> dict[str, float]:
        """Return how well a text fits each label: the higher the better; all alike when no pattern of the model is in it."""
        features, times = np.unique(self._features_in(_encoded(text)), return_counts=True)
        known = features >= 0
        scores = np.log1p(times[known], dtype=np.float32) @ self._weights[features[known]]
        fits: dict[str, float] = {}
        for label, score in zip(self._labels, (scores + self._priors * known.any()).tolist(), strict=True):
            fits[label] = max(score, fits.get(label, score))
        return fits

    def _features_in(self, text: bytes) -> NDArray[np.int32]:
        """Return for each byte the feature of the longest pattern that ends there; -1 where that has none."""
        signs = np.frombuffer(text, np.uint8).astype(np.uint64)
        features = np.full(len(signs), -1, np.int32)
        window = np.zeros(len(signs), np.uint64)
        for length in range(1, min(LONGEST, len(signs)) + 1):
            window = window[length > 1 :] | signs[: len(signs) - length + 1] << np.uint64(8 * (length - 1))
            sought = window | np.uint64(length) << _LENGTH_AT
            at = np.searchsorted(self._patterns[:-1], sought)
            found = self._patterns[at] == sought
            features[length - 1 :][found] = self._features[at[found]]
        return features


def _encoded(text: str) -> bytes:
    return unicodedata.normalize("NFC", text).encode(errors="surrogatepass")


@contextmanager
def _unpacked() -> Iterator[Mapping[str, NDArray[Any]]]:
    """Give the arrays of the model file, each read when it is asked for: they are never in memory all together."""
    with tempfile.TemporaryFile() as file:
        with lzma.open(MODEL_DIR / MODEL_FILE) as packed:
            shutil.copyfileobj(packed, file)
        file.seek(0)
        with np.load(file, allow_pickle=False) as arrays:
            yield arrays


def _patterns(rows: NDArray[Any], row_of: NDArray[Any]) -> Numbers:
    """Return the pattern of each state, found from the first state outwards: each is reached first by its own bytes."""
    patterns = np.zeros(len(row_of), np.uint64)
    known = np.zeros(len(row_of), bool)
    known[0] = True
    level = np.zeros(1, np.intp)
    for length in range(1, LONGEST + 1):
        found: list[NDArray[np.intp]] = []
        for begin in range(0, len(level), _AT_ONCE):
            part = level[begin : begin + _AT_ONCE]
            reached = rows[row_of[part]]
            before, sign = np.nonzero(~known[reached])
            states = reached[before, sign].astype(np.intp)
            patterns[states] = (
                (patterns[part[before]] & _BYTES) << np.uint64(8)
                | sign.astype(np.uint64)
                | np.uint64(length) << _LENGTH_AT
            )
            known[states] = True
            found.append(states)
        level = np.concatenate(found)
    return patterns
