"""The mathematics of judging draws: how much evidence a sample is against a distribution, and when it is too much.

All bounds are exact: they hold for every number of draws, without an approximation by a normal or chi-squared law.
"""

import numpy as np

FALSE_ALARM = 1e-9  # a right sampler fails a check this seldom
SHARED_BY = 20  # comparisons of one check, at most, that may raise a false alarm: each gets its share of it


def divergence(observed, probabilities):
    """Kullback-Leibler divergence of each outcome's share from its probability, as for a biased coin.

    With N independent draws, N times this exceeds c for an outcome with probability at most ``2 exp(-c)``: this is
    Chernoff's bound for either side, true for every N without any approximation.

    Parameters
    ----------
    observed, probabilities : (K,) array
        Shares and probabilities, in [0, 1].

    Returns
    -------
    (K,) array
        In nats; infinite where something impossible was observed.
    """
    def part(p, q):
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(p > 0, p * np.log(p / q), 0.0)

    observed = np.asarray(observed, dtype=np.float64)
    probabilities = np.clip(np.asarray(probabilities, dtype=np.float64), 0.0, 1.0)
    return part(observed, probabilities) + part(1 - observed, 1 - probabilities)


def limit(outcomes):
    """Return how much evidence, N times `divergence`, a right sampler does not reach in any of its outcomes.

    By the union bound it does so with probability at most ``outcomes * 2 exp(-limit)``, which is the share of one
    comparison in FALSE_ALARM.
    """
    return float(np.log(2 * outcomes * SHARED_BY / FALSE_ALARM))


def may_be_one(one, two):
    """Whether the counts of two samples may come from one distribution.

    Measured against the shares of both samples together, which are nearer to the two than any other distribution is,
    the evidence of a sample and that of the other add up to at most what they have against the true one. Each of
    these exceeds c with probability at most 2 exp(-c), so their sum exceeds it with at most
    4 (1 + c) exp(-c) where the samples are independent, and 4 exp(-c / 2) whatever they have in common.
    """
    middle = (one + two) / (one.sum() + two.sum())
    evidence = sum(counts.sum() * divergence(counts / counts.sum(), middle) for counts in (one, two))
    c = level = float(np.log(4 * len(one) / FALSE_ALARM))
    for _ in range(3):  # c = level + log(1 + c), from below: what is missing after three rounds is below 0.01
        c = level + float(np.log1p(c))
    return bool(evidence.max() <= c)
