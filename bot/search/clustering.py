"""Questions that ask for the same thing, found together: average-linkage clusters of the kernel the ridge uses.

Two questions are as alike as half their characters' cosine and half their words'; two clusters as their members are on average.
Words that every question has weigh little, because weights come from the questions themselves.
"""

from collections.abc import Sequence

import numpy as np

from bot.search.postings import Floats, Postings
from bot.search.text import Glossary, expanded, grams, language_of, normalise, pairs, stems, synonyms

# Of 500 questions, by purity and the share of pairs of one kind that stay together: 0.85 and 0.5 on CLINC150's validation
# questions (0.12: 0.78 and 0.65; 0.25: 0.92 and 0.37); 0.87 on the sample knowledge, where the systems are known.
ALIKE = 0.17
MOST = 3_000  # the latest; a matrix of them is 36 MB


def clusters(
    texts: Sequence[str], glossary: Glossary = (), apart: Sequence[object] = (), alike: float = ALIKE
) -> list[list[int]]:
    """Places in `texts`, each in one cluster, the largest cluster first and the question nearest to all the others first in it.

    `apart` has a label for each text, such as its system: what differs there is never put together. Raises ValueError for
    more than MOST texts.
    """
    if len(texts) > MOST:
        raise ValueError(f"at most {MOST} questions can be compared at once, not {len(texts)}")
    if not texts:
        return []
    alikeness = _kernel(texts, glossary)
    if apart:
        labels = np.unique([str(each) for each in apart], return_inverse=True)[1]
        alikeness[labels[:, None] != labels[None, :]] = 0
    found = _linked(alikeness, alike)
    ordered = [sorted(each, key=lambda place: (-float(alikeness[place, each].sum()), place)) for each in found]
    return sorted(ordered, key=lambda each: (-len(each), min(each)))


def purity(found: Sequence[Sequence[int]], truth: Sequence[str]) -> float:
    """The share of questions that are in a cluster with most of their own kind, 0..1."""
    right = sum(max(_counts([truth[place] for place in each]).values()) for each in found)
    return right / max(1, sum(map(len, found)))


def _counts(labels: Sequence[str]) -> dict[str, int]:
    return {each: labels.count(each) for each in labels}


def _kernel(texts: Sequence[str], glossary: Glossary) -> Floats:
    language = language_of(texts)
    known = synonyms(glossary, language)
    read = [expanded(normalise(text), known, language) for text in texts]
    pieces, words = [grams(text) for text in read], [pairs(stems(text, language)) for text in read]
    characters, spelled = Postings.tfidf(pieces), Postings.tfidf(words)
    rows = [characters.cosines(piece) + spelled.cosines(word) for piece, word in zip(pieces, words, strict=True)]
    return (np.stack(rows) / 2).astype(np.float32)


def _linked(alikeness: Floats, alike: float) -> list[list[int]]:
    """Chains of nearest neighbours: two that are each other's nearest are joined, which for average linkage needs no other order."""
    near = alikeness.copy()
    np.fill_diagonal(near, -np.inf)
    members: dict[int, list[int]] = {place: [place] for place in range(len(near))}
    chain: list[int] = []
    done: list[list[int]] = []
    while members:
        if not chain:
            chain.append(next(iter(members)))
        last = chain[-1]
        nearest = int(near[last].argmax())
        if len(chain) > 1 and near[last, chain[-2]] >= near[last, nearest]:
            nearest = chain[-2]  # of two that are as near, the one that we came from: the chain ends
        if not near[last, nearest] >= alike:
            done.append(
                members.pop(last)
            )  # nothing will come nearer: joining others only lowers what they share with it
            near[last, :] = near[:, last] = -np.inf
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            _join(near, members, nearest, last)
            del chain[-2:]
        else:
            chain.append(nearest)
    return done


def _join(near: Floats, members: dict[int, list[int]], one: int, other: int) -> None:
    """`other` into `one`: a cluster is as near to a third as its members are on average."""
    here, there = len(members[one]), len(members[other])
    near[one] = (near[one] * here + near[other] * there) / (here + there)
    near[:, one] = near[one]
    near[one, one] = near[one, other] = near[other, one] = -np.inf
    near[other, :] = near[:, other] = -np.inf
    members[one] += members.pop(other)
