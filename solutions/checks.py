"""Ready-made checks for the arguments that are not arrays of known axes (see `solutions.contract`)."""

import numbers

import numpy as np

from solutions.contract import require_array

__all__ = [
    "arrays",
    "floating_dtype",
    "function",
    "generator",
    "gradients_of_parameters",
    "labels_of_sentences",
    "number_or_array",
    "positive_integer",
    "positive_number",
    "scores",
    "string",
    "token_lists",
    "vocabulary",
]


def scores(name, value, sizes):
    """Accept an array (n_y, m), with or without axes in front."""
    require_array(name, value)
    if value.ndim < 2:
        raise ValueError(f"{name} has shape {value.shape}, wanted (n_y, m) or (T_y, n_y, m)")
    if value.size == 0:
        raise ValueError(f"{name} has shape {value.shape}, wanted each size at least 1")


def number_or_array(name, value, sizes):
    """Accept a number, or an array of numbers of any shape."""
    if not isinstance(value, numbers.Number):
        require_array(name, value)


def arrays(name, value, sizes):
    """Accept a dictionary of arrays of any shapes, and remember the shapes."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict of arrays")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one array")
    for key, entry in value.items():
        require_array(f'{name}["{key}"]', entry)
    sizes[name] = {key: entry.shape for key, entry in value.items()}


def gradients_of_parameters(name, value, sizes):
    """Accept a dictionary with a gradient "dW" of the same shape for each "W" of `parameters`."""
    shapes = sizes["parameters"]
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict of arrays")
    for key, shape in shapes.items():
        if "d" + key not in value:
            raise ValueError(f'{name} has no key "d{key}", wanted one for each parameter: '
                             f"{', '.join('d' + other for other in shapes)}")
        require_array(f'{name}["d{key}"]', value["d" + key])
        if value["d" + key].shape != shape:
            raise ValueError(f'{name}["d{key}"] has shape {value["d" + key].shape}, '
                             f'wanted {shape}, the shape of parameters["{key}"]')


def positive_integer(name, value, sizes):
    """Accept a whole number from 1 on."""
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(f"{name} is {value!r}, wanted a whole number")
    if value < 1:
        raise ValueError(f"{name} is {value}, wanted at least 1")


def positive_number(name, value, sizes):
    """Accept a finite real number above 0."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name} is {value!r}, wanted a number")
    if not 0 < value < np.inf:
        raise ValueError(f"{name} is {value}, wanted a finite number above 0")


def generator(name, value, sizes):
    """Accept a random generator made by numpy.random.default_rng."""
    if not isinstance(value, np.random.Generator):
        raise TypeError(f"{name} is of type {type(value).__name__}, "
                        "wanted a numpy.random.Generator, such as numpy.random.default_rng(0)")


def floating_dtype(name, value, sizes):
    """Accept a dtype of floating numbers, such as numpy.float32 or "float64"."""
    if np.dtype(value).kind not in "fc":
        raise TypeError(f"{name} is {np.dtype(value)}, wanted float64 or float32")


def function(name, value, sizes):
    """Accept anything that can be called."""
    if not callable(value):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a function")


def string(name, value, sizes):
    """Accept a text with at least one word."""
    if not isinstance(value, str):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a string")
    if not value.strip():
        raise ValueError(f"{name} is {value!r}, wanted at least one word")


def token_lists(name, value, sizes):
    """Accept a list of sentences, each a list of tokens (a string is the list of its characters)."""
    if isinstance(value, str) or not isinstance(value, list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of lists of tokens")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one sentence")
    for i, sentence in enumerate(value):
        if not isinstance(sentence, list | tuple | str):
            raise TypeError(f"{name}[{i}] is of type {type(sentence).__name__}, wanted a list of tokens")
        if not sentence:
            raise ValueError(f"{name}[{i}] is empty, wanted at least one token")
    sizes[name] = [len(sentence) for sentence in value]


def labels_of_sentences(name, value, sizes):
    """Accept a list of 0s and 1s for each of the `sentences`, one for each word."""
    lengths = sizes["sentences"]
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of lists of 0 and 1")
    if len(value) != len(lengths):
        raise ValueError(f"{name} has {len(value)} entries, wanted {len(lengths)}, one for each sentence")
    for i, (labels, length) in enumerate(zip(value, lengths, strict=True)):
        if len(labels) != length:
            raise ValueError(f"{name}[{i}] has {len(labels)} labels, wanted {length}, one for each word")
        if not set(labels) <= {0, 1}:
            raise ValueError(f"{name}[{i}] holds {sorted(set(labels) - {0, 1})}, wanted only 0 and 1")


def vocabulary(name, value, sizes):
    """Accept a dictionary from tokens to indices."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict from token to index")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one token")
