"""Ready-made checks for the arguments that are not arrays of known axes (see `solutions.contract`)."""

import numbers
import os

import numpy as np

from solutions.contract import require_array

__all__ = [
    "arrays",
    "axis_size",
    "floating_dtype",
    "function",
    "generator",
    "gradients_of_parameters",
    "index_lists",
    "indices",
    "indices_below",
    "number_or_array",
    "optional_function",
    "path",
    "positive_integer",
    "positive_number",
    "scores",
    "string",
    "tag_lists",
    "token_list",
    "token_lists",
    "vocabulary",
    "vocabulary_of_sentences",
    "vocabulary_of_tokens",
    "vocabulary_size",
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


def axis_size(name, value, sizes):
    """Accept a whole number from 1 on, and remember it as the size of the axis of that name."""
    positive_integer(name, value, sizes)
    sizes[name] = (int(value), name)


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


def token_list(name, value, sizes):
    """Accept a list of tokens (a string is the list of its characters)."""
    if not isinstance(value, list | tuple | str):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of strings")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one token")
    others = {type(token) for token in value} - {str}
    if others:
        raise TypeError(f"{name} holds a token of type {others.pop().__name__}, wanted only strings")
    sizes["tokens"] = (value, name)


def token_lists(name, value, sizes):
    """Accept a list of lists of tokens, and remember their lengths."""
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of lists of tokens")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one list of tokens")
    for i, sentence in enumerate(value):
        token_list(f"{name}[{i}]", sentence, sizes)
    sizes["lengths"] = ([len(sentence) for sentence in value], name)


def tag_lists(name, value, sizes):
    """Accept a list of lists of 0 and 1, as long as the lists of an argument before."""
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of lists of 0 and 1")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one list of 0 and 1")
    for i, tags in enumerate(value):
        if not isinstance(tags, list | tuple | np.ndarray):
            raise TypeError(f"{name}[{i}] is of type {type(tags).__name__}, wanted a list of 0 and 1")
    lengths, source = sizes.setdefault("lengths", ([len(tags) for tags in value], name))
    if len(value) != len(lengths):
        raise ValueError(f"{name} has {len(value)} entries, wanted {len(lengths)}, as many as {source}")
    for i, (tags, length) in enumerate(zip(value, lengths, strict=True)):
        if len(tags) != length:
            raise ValueError(f"{name}[{i}] has {len(tags)} entries, wanted {length}, as many as {source}[{i}]")
        others = sorted(set(tags) - {0, 1})
        if others:
            raise ValueError(f"{name}[{i}] holds {others[0]}, wanted only 0 and 1")


def index_lists(name, value, sizes):
    """Accept a list of sequences of whole numbers, with at least one number in all."""
    if not isinstance(value, list | tuple):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a list of sequences of indices")
    for i, sequence in enumerate(value):
        indices(f"{name}[{i}]", sequence, sizes)
    if not any(len(sequence) for sequence in value):
        raise ValueError(f"{name} is empty, wanted at least one sequence with an index")


def indices(name, value, sizes):
    """Accept whole numbers, in a list or in an array with one axis or two."""
    array = np.asarray(value)
    if array.size and array.dtype.kind not in "iu":
        raise TypeError(f"{name} has dtype {array.dtype}, wanted whole numbers")
    if array.ndim not in (1, 2):
        raise ValueError(f"{name} has shape {array.shape}, wanted (T_x,) or (T_x, m)")


def indices_below(size):
    """Return a check that accepts whole numbers from 0 to `size` - 1; `size` names an argument checked before."""

    def check(name, value, sizes):
        indices(name, value, sizes)
        array, limit = np.asarray(value), sizes[size][0]
        if array.size == 0:
            raise ValueError(f"{name} has shape {array.shape}, wanted at least one index")
        if array.min() < 0 or array.max() >= limit:
            raise ValueError(f"{name} go from {array.min()} to {array.max()}, wanted 0 to {size} - 1 = {limit - 1}")

    return check


def vocabulary_size(name, value, sizes):
    """Accept a whole number that leaves room for a token beside the two special ones."""
    positive_integer(name, value, sizes)
    if value < 3:
        raise ValueError(f"{name} is {value}, wanted 3 or more: a token, <EOS>, <UNK>")


def vocabulary_of_tokens(name, value, sizes):
    """Accept a vocabulary with an index for each token of the list checked before, or with "<UNK>"."""
    vocabulary(name, value, sizes)
    if "<UNK>" not in value:
        for token in sizes["tokens"][0]:
            if token not in value:
                raise ValueError(f"the token {token!r} is not in the vocabulary, nor is <UNK>")


def vocabulary_of_sentences(name, value, sizes):
    """Accept a vocabulary with an end of the sentence and with a place for unknown tokens."""
    vocabulary(name, value, sizes)
    for token in ("<EOS>", "<UNK>"):
        if token not in value:
            raise ValueError(f"{name} has no {token}, wanted both <EOS> and <UNK> among its tokens")


def vocabulary(name, value, sizes):
    """Accept a dictionary from tokens to the indices from 0 on, as large as n_x where that is known."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict from token to index")
    if "n_x" in sizes and len(value) != sizes["n_x"][0]:
        raise ValueError(f"{name} has {len(value)} tokens, wanted n_x = {sizes['n_x'][0]}: "
                         f"{sizes['n_x'][1]} says so")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one token")
    if set(value.values()) != set(range(len(value))):
        raise ValueError(f"{name} does not number its {len(value)} tokens from 0 to {len(value) - 1}")


def path(name, value, sizes):
    """Accept the path of a file."""
    if not isinstance(value, str | os.PathLike):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted the path of a file")


def optional_function(name, value, sizes):
    """Accept None, or anything that can be called."""
    if value is not None:
        function(name, value, sizes)
