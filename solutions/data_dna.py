"""Genomes with planted genes on both strands: Section 1's DNA analysis."""

import numpy as np

from solutions.checks import generator, positive_integer
from solutions.contract import contract

__all__ = ["STRANDS", "genomes", "reverse_complement"]

# What stands at a place: nothing, a gene that is read from left to right, one that is read from right to left.
STRANDS = ["-", ">", "<"]
COMPLEMENT = str.maketrans("ACGT", "TGCA")

BASES = list("ACGT")
BETWEEN = [0.3, 0.2, 0.2, 0.3]  # how often A, C, G, T stand between genes
# Inside a gene the three places of a codon prefer other bases, A and G more than C and T, as in many organisms.
CODON = [[0.4, 0.05, 0.5, 0.05], [0.45, 0.15, 0.2, 0.2], [0.05, 0.5, 0.35, 0.1]]
STOPS = ["TAA", "TAG", "TGA"]
SHORTEST, LONGEST = 8, 20  # codons between start and stop


def _long_enough(name, value, sizes):
    """Accept a length in which the longest gene finds a place."""
    positive_integer(name, value, sizes)
    if value < 100:
        raise ValueError(f"{name} is {value}, wanted at least 100, room for a gene")


@contract(n_examples=positive_integer, rng=generator, length=_long_enough)
def genomes(n_examples, rng, length=120):
    """Plant genes in random DNA, on both strands.

    A gene is the start codon ATG, 8 to 20 codons, and a stop codon TAA, TAG or TGA. On the
    other strand it is read from right to left with A for T and C for G, so that there, from left
    to right, a stop comes first (TTA, CTA or TCA) and CAT last. Inside genes some bases are more
    frequent than outside, as in real ones; one base alone tells nothing, and ATG also stands
    where no gene begins.

    Parameters
    ----------
    n_examples : int
        How many genomes, m.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same genomes.
    length : int
        The number of bases in each, T_x = T_y.

    Returns
    -------
    sequences : list of str
        The bases of each: letters A, C, G and T.
    labels : list of list of int
        For each base an index into ``STRANDS``: 0 between genes, 1 in a gene that is read from left
        to right, 2 in one that is read from right to left.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, `rng` is not a generator, or there is no
        room for a gene.

    Notes
    -----
    Section 1 of the notes: which parts of the sequence stand for a protein.
    """
    made = [_genome(length, rng) for _ in range(n_examples)]
    return [sequence for sequence, _ in made], [labels for _, labels in made]


def _bases(name, value, sizes):
    """Accept a string of A, C, G and T."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a string")
    if set(value) - set(BASES):
        raise ValueError(f"{name} holds {sorted(set(value) - set(BASES))[0]!r}, wanted only A, C, G and T")


@contract(sequence=_bases)
def reverse_complement(sequence):
    """Read the other strand of the same DNA.

    Parameters
    ----------
    sequence : str
        Letters A, C, G and T.

    Returns
    -------
    str
        The letters from the last to the first, with A for T, C for G and the reverse.

    Raises
    ------
    TypeError, ValueError
        If `sequence` is not a string of these letters.
    """
    return sequence.translate(COMPLEMENT)[::-1]


def _gene(rng):
    """Make a gene: start, codons without a stop, stop."""
    wanted = rng.integers(SHORTEST, LONGEST + 1)
    # A codon in four or so may be a stop, which is thrown away: twice as many are enough.
    letters = np.array([rng.choice(BASES, size=2 * LONGEST, p=chances) for chances in CODON])
    codons = [codon for codon in map("".join, letters.T) if codon not in STOPS]
    return "".join(["ATG", *codons[:wanted], STOPS[rng.integers(3)]])


def _between(length, rng):
    return "".join(rng.choice(BASES, size=length, p=BETWEEN))


def _genome(length, rng):
    """Put genes behind one another as long as there is room, with other DNA between them."""
    sequence, labels = "", []
    while True:
        gap, strand, gene = rng.integers(5, 30), rng.integers(1, 3), _gene(rng)
        if len(sequence) + gap + len(gene) > length:
            break
        sequence += _between(gap, rng) + (gene if strand == 1 else reverse_complement(gene))
        labels += [0] * gap + [int(strand)] * len(gene)
    rest = length - len(sequence)
    return sequence + _between(rest, rng), labels + [0] * rest
