"""Sizes for drawn cases: pairwise different, so that a transposed or confused axis shows."""


def different_sizes(rng, names, low=2, high=9, **fixed):
    """Draw a size for each name, all different from one another and from the fixed ones.

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
    drawn = rng.permutation(room)[: len(free)]
    chosen = {**fixed, **{name: int(size) for name, size in zip(free, drawn, strict=True)}}
    return {name: chosen[name] for name in names.split()}
