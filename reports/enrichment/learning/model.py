"""What was learned: a weight for each category and feature. Numbers only, read back without running anything."""

from dataclasses import dataclass, field
from io import BytesIO
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from reports.enrichment.learning.features import features


@dataclass(frozen=True)
class Model:
    """Weights, with how well they did on decisions that were held back."""

    slugs: tuple[str, ...]
    columns: NDArray[np.int32] = field(repr=False)
    """The features that have weights, in order."""
    weights: NDArray[np.float32] = field(repr=False)
    """One row a feature, one column a category: the few features of a text lie together."""
    bias: NDArray[np.float32] = field(repr=False)
    accuracy: float = 0.0
    """Share of held-back decisions that it had right at first; 0 while it is not measured."""

    def probabilities(self, text: str) -> list[tuple[str, float]]:
        """How likely each category is, the likeliest first; nothing for a text of which no feature is known."""
        said = np.array(features(text), np.int32)
        places = np.searchsorted(self.columns, said)
        places[places == len(self.columns)] = 0
        known = places[self.columns[places] == said] if len(self.columns) else places[:0]
        if not len(known):
            return []
        scores = self.weights[known].sum(axis=0) / sqrt(len(said)) + self.bias
        grown = np.exp(scores - scores.max())
        shares = grown / grown.sum()
        order = np.argsort(-shares, kind="stable")
        return [(self.slugs[n], float(shares[n])) for n in order]

    def packed(self) -> bytes:
        """As one file of numbers; half as exact, which changes no answer."""
        file = BytesIO()
        np.savez_compressed(
            file,
            columns=self.columns,
            weights=self.weights.astype(np.float16),
            bias=self.bias,
        )
        return file.getvalue()


def unpacked(data: bytes, slugs: tuple[str, ...], accuracy: float) -> Model:
    """The model out of `packed`. Holds numbers only: an object in it is refused, with ValueError, and not run."""
    with np.load(BytesIO(data), allow_pickle=False) as file:
        weights = file["weights"].astype(np.float32)
        return Model(slugs, file["columns"], weights, file["bias"], accuracy)
