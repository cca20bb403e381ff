"""Make a model out of texts and what people have decided they are. The only part that needs scikit-learn."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from reports.enrichment.learning.features import features
from reports.enrichment.learning.model import Model

LEAST_SEEN = 2
"""A feature of a single text says nothing of others, and something of whoever wrote it."""
C, ROUNDS = 30.0, 300
"""How freely weights may grow, and how long they are looked for: small sets of short texts need much of both."""


def fit(texts: Sequence[str], slugs: Sequence[str]) -> Model:
    """The same texts give the same model. There must be two categories at least."""
    said = [features(text) for text in texts]
    seen = Counter(feature for one in said for feature in one)
    columns = np.array(sorted(f for f, count in seen.items() if count >= LEAST_SEEN), np.int32)
    place = {int(feature): n for n, feature in enumerate(columns)}
    rows, cells, values = [], [], []
    for row, one in enumerate(said):
        known = [place[feature] for feature in one if feature in place]
        rows += [row] * len(known)
        cells += known
        values += [1 / len(one) ** 0.5] * len(known)
    table = csr_matrix((values, (rows, cells)), shape=(len(said), len(columns)), dtype=np.float64)
    learned = LogisticRegression(C=C, max_iter=ROUNDS).fit(table, list(slugs))
    weights, bias = learned.coef_, learned.intercept_
    if len(learned.classes_) == 2:
        # Of two, scikit-learn keeps what speaks for the second.
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return Model(
        tuple(str(slug) for slug in learned.classes_),
        columns,
        np.ascontiguousarray(weights.T, dtype=np.float32),
        bias.astype(np.float32),
    )
