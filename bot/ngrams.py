"""TF-IDF of character n-grams, trained by scikit-learn, served from a plain vocabulary: nothing is unpickled."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Floats = NDArray[np.float32]


class Ngrams:
    """TF-IDF of character n-grams (1..longest)."""

    def __init__(self, vocabulary: dict[str, int], idf: Floats, longest: int) -> None:
        """`vocabulary` gives each n-gram its column, `idf` (columns,) its weight."""
        self.vocabulary = vocabulary
        self.idf = idf
        self.longest = longest

    @classmethod
    def train(cls, texts: Sequence[str], longest: int, least: int = 2) -> Ngrams:
        """The n-grams that occur in at least `least` texts; none when not even a character does."""
        if not _repeated(texts, least):
            return cls({}, np.empty(0, dtype=np.float32), longest)
        vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, longest), min_df=least, sublinear_tf=True)
        vectorizer.fit(texts)
        vocabulary = {gram: int(column) for gram, column in vectorizer.vocabulary_.items()}
        return cls(vocabulary, vectorizer.idf_.astype(np.float32), longest)

    def transform(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Rows of unit length, (n, columns); the same values as scikit-learn's transform."""
        counts = [self._counts(text) for text in texts]
        ends = np.cumsum([0] + [len(row) for row in counts])
        columns = np.fromiter((column for row in counts for column in row), dtype=np.int32, count=ends[-1])
        values = np.fromiter((count for row in counts for count in row.values()), dtype=np.float32, count=ends[-1])
        values = (1 + np.log(values)) * self.idf[columns]
        for start, end in pairwise(ends):
            values[start:end] /= np.linalg.norm(values[start:end]) or 1.0
        return sparse.csr_matrix((values, columns, ends), shape=(len(counts), len(self.idf)))

    def _counts(self, text: str) -> dict[int, int]:
        lowered = " ".join(text.lower().split())
        counts: dict[int, int] = {}
        for size in range(1, self.longest + 1):
            for start in range(len(lowered) - size + 1):
                column = self.vocabulary.get(lowered[start : start + size])
                if column is not None:
                    counts[column] = counts.get(column, 0) + 1
        return counts


def _repeated(texts: Sequence[str], least: int) -> bool:
    """Whether any character stands in so many of the texts."""
    counts: Counter[str] = Counter()
    for text in texts:
        characters = set(text.lower())
        counts.update(characters)
        if any(counts[character] >= least for character in characters):
            return True
    return False
