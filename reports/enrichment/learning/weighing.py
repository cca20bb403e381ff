"""Weigh signs of danger on labelled sentences: what `enrichment.alarm` reads. Needs scikit-learn, as `fitting` does."""

from collections import Counter
from collections.abc import Mapping, Sequence

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from reports.enrichment.alarm import BIAS, signs
from reports.enrichment.language import normalise
from reports.enrichment.lasting import LEXICON
from reports.enrichment.said import said

LEAST_SEEN = 3
"""A sign of one or two sentences says nothing of others, and something of whoever wrote them."""
C, ROUNDS = 1.0, 2000
LEAST_WEIGHT = 0.03


def weigh(
    texts: Sequence[str], answers: Sequence[bool], names: frozenset[str] = frozenset()
) -> Mapping[str, float]:
    """The weight of each sign for what the answers say, and at BIAS what stands when there is none.

    `names` are of places, which say nothing of what happens there. There must be a yes and a no.
    """
    heard = [set(signs(said(normalise(text)), LEXICON)) - names for text in texts]
    seen = Counter(sign for one in heard for sign in one)
    known = [{sign: 1 for sign in sorted(one) if seen[sign] >= LEAST_SEEN} for one in heard]
    columns = DictVectorizer()
    table = columns.fit_transform(known)
    learned = LogisticRegression(C=C, max_iter=ROUNDS).fit(table, list(answers))
    found = dict(zip(columns.get_feature_names_out(), learned.coef_[0], strict=True))
    weights = {sign: round(float(w), 2) for sign, w in found.items() if abs(w) >= LEAST_WEIGHT}
    return {BIAS: round(float(learned.intercept_[0]), 2), **dict(sorted(weights.items()))}
