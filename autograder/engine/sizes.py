"""Sizes for drawn cases: pairwise different, so that a transposed or confused axis shows."""


def different_sizes(rng, names, low=3, high=9, **fixed):
    """Draw a size for each name, all different from one another and from the fixed ones.

    A name that starts with ``T`` is time and gets the largest, so that a message can tell from which step on a
    result is wrong. No size is 2: a result that is twice too large is then not taken for one summed over an axis.

    Parameters
    ----------
    rng : numpy.random.Generator
    names : str
        Names separated by spaces, ``"T_x n_x n_a n_y m"``.
    low, high : int
        Smallest and largest size.
    **fixed : int
        Sizes that are given, ``m=1``.

    Returns
    -------
    dict of str to int
    """
    free = [name for name in names.split() if name not in fixed]
    room = [size for size in range(low, high + 1) if size not in fixed.values()]
    drawn = rng.permutation(room)[: len(free)].tolist()
    for name in sorted(free, key=lambda name: not name.startswith("T")):
        fixed[name] = drawn.pop(drawn.index(max(drawn)) if name.startswith("T") else 0)
    return {name: fixed[name] for name in names.split()}
