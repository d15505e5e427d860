"""Refuses what cannot be drawn, with the argument's name, what it was and what it must be."""

import numpy as np

__all__ = ["few_tokens", "finite", "numbers", "whole_number"]


def numbers(name, values):
    """Return values as a float64 array.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    values : array_like
        The numbers.

    Returns
    -------
    numpy.ndarray
        The numbers; NaN and infinity are among them where they were.

    Raises
    ------
    ValueError
        If they are not numbers.
    """
    try:
        return np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers only, and rows of equal length") from None


def finite(name, values, ndim=1):
    """Return values as a float64 array of the given rank.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    values : array_like
        The numbers.
    ndim : int
        The rank they must have.

    Returns
    -------
    numpy.ndarray
        The numbers.

    Raises
    ------
    ValueError
        If they are not numbers, not finite, none at all, or of another rank.
    """
    array = numbers(name, values)
    if array.ndim != ndim or array.size == 0:
        wanted = "one axis" if ndim == 1 else f"{ndim} axes"
        raise ValueError(f"{name} has shape {array.shape}; it must have {wanted} and at least one element")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity; only finite numbers can be drawn")
    return array


def whole_number(name, value, least, most):
    """Refuse anything but an integer within bounds.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : int
        The number.
    least, most : int
        The bounds, both allowed.

    Raises
    ------
    ValueError
        If it is not an integer, or out of bounds.
    """
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise ValueError(f"{name} is {value!r}; it must be an integer from {least} to {most}")


def few_tokens(tokens, least, most, length):
    """Return tokens as a list of strings that fit a diagram.

    Parameters
    ----------
    tokens : sequence of str
        The tokens.
    least, most : int
        How many there may be.
    length : int
        How many characters each may have.

    Returns
    -------
    list of str
        The tokens.

    Raises
    ------
    ValueError
        If there are too few or too many, or one is empty or too long.
    """
    tokens = list(tokens)
    if not least <= len(tokens) <= most:
        raise ValueError(f"tokens has {len(tokens)} elements; the figure has room for {least} to {most}")
    for token in tokens:
        if not isinstance(token, str) or not 1 <= len(token) <= length:
            raise ValueError(f"tokens holds {token!r}; each must be a string of 1 to {length} characters")
    return tokens
