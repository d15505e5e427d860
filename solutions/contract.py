"""Check the arguments of a public function before its mathematics runs.

The functions of this package are written as the notes write them, and nothing
in their bodies asks whether the arrays fit. One decorator asks for them all::

    @contract(parameters=RNN_PARAMETERS, xt="n_x m", a_prev="n_a m")
    def rnn_cell_forward(xt, a_prev, parameters): ...

A name such as ``n_a`` stands for one size in the whole call: the first array
that has this axis sets it, and every later one must agree. The arguments are
checked in the order in which the decorator lists them.

What may stand for an argument:

- a string, the axes of an array: ``"T_x n_x m"``; a number is that very size
  (``"n_a 1"``), a leading ``...`` allows more axes in front, and a leading
  ``float`` refuses integers;
- a dictionary, the entries that a dictionary must have (others may stand beside);
- a tuple of pairs (name, what may stand there), for a cache;
- a function ``check(name, value, sizes)`` that raises an error when the value will
  not do; `sizes` holds what is known so far, as ``{axis: (size, argument)}``.
"""

import functools
import inspect
import numbers

import numpy as np

__all__ = ["CELL_CACHE", "RNN_PARAMETERS", "SEQUENCE_CACHES", "contract"]

RNN_PARAMETERS = {"Wax": "n_a n_x", "Waa": "n_a n_a", "Wya": "n_y n_a", "ba": "n_a 1", "by": "n_y 1"}
CELL_CACHE = (("a_next", "n_a m"), ("a_prev", "n_a m"), ("xt", "n_x m"), ("parameters", RNN_PARAMETERS))
SEQUENCE_CACHES = (("a", "T_x n_a m"), ("a0", "n_a m"), ("x", "T_x n_x m"), ("parameters", RNN_PARAMETERS))


def contract(**wanted):
    """Return a decorator that checks the named arguments of a function.

    Parameters
    ----------
    **wanted : str, dict, tuple or callable
        What each argument must be, as the docstring of this module says.

    Returns
    -------
    callable
        The decorator. ``inspect.unwrap`` gives the plain function back.
    """

    def decorate(function):
        signature = inspect.signature(function)
        names = tuple(signature.parameters)
        unknown = set(wanted) - set(names)
        if unknown:
            raise TypeError(f"{function.__name__} has no argument {', '.join(sorted(unknown))}")
        checks = [(names.index(name), name, _compile(rule)) for name, rule in wanted.items()]

        @functools.wraps(function)
        def checked(*args, **kwargs):
            values = args
            if kwargs or len(args) != len(names):
                try:
                    bound = signature.bind(*args, **kwargs)
                except TypeError as error:
                    raise TypeError(f"{function.__name__}: {error}") from None
                bound.apply_defaults()
                values = tuple(bound.arguments.values())
            sizes = {}
            try:
                for position, name, check in checks:
                    check(name, values[position], sizes)
            except (TypeError, ValueError) as error:
                raise type(error)(f"{function.__name__}: {error}") from None
            return function(*values)

        return checked

    return decorate


def _compile(rule):
    """Turn what may stand for an argument into a function check(name, value, sizes)."""
    if isinstance(rule, str):
        return array(rule)
    if isinstance(rule, dict):
        return _dictionary_check(rule)
    if isinstance(rule, tuple):
        return _tuple_check(rule)
    return rule


def array(rule):
    """Make the check of an array from its axes."""
    axes = rule.split()
    kinds = "fc" if axes[0] == "float" else "fciub"
    open_front = axes[0] == "..."
    axes = tuple(int(axis) if axis.isdigit() else axis for axis in axes if axis not in ("float", "..."))
    n_axes = len(axes)

    def check(name, value, sizes):
        if type(value) is not np.ndarray or value.dtype.kind not in kinds:
            _require_array(name, value, kinds)
        shape = value.shape
        if len(shape) != n_axes:
            if not open_front or len(shape) < n_axes:
                _refuse_shape(name, shape, axes, sizes, open_front)
            shape = shape[-n_axes:]
        for size, axis in zip(shape, axes, strict=True):
            # The first array with this axis sets its size and is remembered for the message.
            if axis not in sizes:
                sizes[axis] = (size, name) if type(axis) is str else (axis, None)
            if sizes[axis][0] != size:
                _refuse_shape(name, value.shape, axes, sizes, open_front)
        if value.size == 0:
            empty = ", ".join(f"{axis} = 0" for axis, size in zip(axes, shape, strict=True) if size == 0)
            raise ValueError(f"{name} is empty: it has shape {value.shape}, so {empty or 'an axis is 0'}; "
                             "wanted at least one entry along each axis")

    return check


def _require_array(name, value, kinds="fciub"):
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a numpy array")
    if isinstance(value, np.matrix):
        raise TypeError(f"{name} is a numpy.matrix, wanted a plain numpy array: its * and ** differ")
    if value.dtype.kind not in kinds:
        wanted = "numbers, such as float64" if "i" in kinds else "float64 or float32"
        raise TypeError(f"{name} has dtype {value.dtype}, wanted {wanted}")


def _refuse_shape(name, shape, axes, sizes, open_front):
    front = ["..."] if open_front else []
    words = ", ".join(front + [str(axis) for axis in axes])
    known = [str(sizes[axis][0]) if axis in sizes else str(axis) for axis in axes]
    message = f"{name} has shape {shape}, wanted ({words})"
    if known != [str(axis) for axis in axes]:
        message += f" = ({', '.join(front + known)})"
    sources = [f"{axis} = {sizes[axis][0]} comes from {sizes[axis][1]}"
               for axis in dict.fromkeys(axes) if axis in sizes and sizes[axis][1] not in (None, name)]
    if sources:
        message += ", where " + " and ".join(sources)
    raise ValueError(message)


def _dictionary_check(rule):
    entries = [(key, f'["{key}"]', _compile(entry)) for key, entry in rule.items()]

    def check(name, value, sizes):
        if not isinstance(value, dict):
            raise TypeError(f"{name} is of type {type(value).__name__}, "
                            f"wanted a dict with the keys {', '.join(rule)}")
        for key, _, _ in entries:
            if key not in value:
                raise ValueError(f'{name} has no key "{key}", wanted the keys {", ".join(rule)}; '
                                 f"found {', '.join(map(str, value)) or 'none'}")
        for key, suffix, check_entry in entries:
            check_entry(name + suffix, value[key], sizes)

    return check


def _tuple_check(rule):
    wanted = f"({', '.join(part for part, _ in rule)})"
    parts = [(f"[{i}] ({part})", _compile(entry)) for i, (part, entry) in enumerate(rule)]

    def check(name, value, sizes):
        if not isinstance(value, tuple | list):
            raise TypeError(f"{name} is of type {type(value).__name__}, wanted the tuple {wanted}")
        if len(value) != len(parts):
            raise ValueError(f"{name} has {len(value)} entries, wanted {len(parts)}: {wanted}")
        for (suffix, check_entry), entry in zip(parts, value, strict=True):
            check_entry(name + suffix, entry, sizes)

    return check


def number_or_array(name, value, sizes):
    """Accept a number, or an array of numbers of any shape."""
    if not isinstance(value, numbers.Number):
        _require_array(name, value)


def arrays(name, value, sizes):
    """Accept a dictionary of arrays of any shapes, and remember the shapes."""
    if not isinstance(value, dict):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a dict of arrays")
    if not value:
        raise ValueError(f"{name} is empty, wanted at least one array")
    for key, entry in value.items():
        _require_array(f'{name}["{key}"]', entry)
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
        _require_array(f'{name}["d{key}"]', value["d" + key])
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
