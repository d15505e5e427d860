"""Check the arguments of a public function before its mathematics runs.

The functions of this package are written as the notes write them, and nothing
in their bodies asks whether the arrays fit. One decorator asks for them all::

    @contract(parameters=RNN_PARAMETERS, xt="n_x m", a_prev="n_a m")
    def rnn_cell_forward(xt, a_prev, parameters): ...

A name such as ``n_a`` stands for one size in the whole call: the first array
that has this axis sets it, and every later one must agree. The arguments are
checked in the order in which the decorator lists them.

What may stand for an argument:

- a string, the axes of an array: ``"T_x n_x m"``; 1 is that very size
  (``"n_a 1"``), and a leading ``float`` refuses integers;
- a dictionary, the entries that a dictionary must have (others may stand beside);
- a tuple of pairs (name, what may stand there), for a cache;
- a function ``check(name, value, sizes)`` that raises an error when the value will
  not do (`solutions.checks` has some); `sizes` holds what is known so far, as
  ``{axis: (size, argument)}``.
"""

import functools
import inspect

import numpy as np

__all__ = ["CELL_CACHE", "RNN_PARAMETERS", "SEQUENCE_CACHES", "contract", "require_array"]

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
        checks = [(names.index(name), _compile(rule, name)) for name, rule in wanted.items()]
        defaults = function.__defaults__ or ()
        required = len(names) - len(defaults)

        @functools.wraps(function)
        def checked(*args, **kwargs):
            sizes = {1: (1, None)}
            try:
                if kwargs or not required <= len(args) <= len(names):
                    bound = signature.bind(*args, **kwargs)
                    bound.apply_defaults()
                    args = bound.args
                elif len(args) < len(names):
                    args += defaults[len(args) - required:]
                for position, check in checks:
                    check(args[position], sizes)
            except (TypeError, ValueError) as error:
                raise type(error)(f"{function.__name__}: {error}") from None
            return function(*args)

        return checked

    return decorate


def _compile(rule, name):
    """Turn what may stand for the argument `name` into a function check(value, sizes)."""
    if isinstance(rule, str):
        return _array_check(rule, name)
    if isinstance(rule, dict):
        return _dictionary_check(rule, name)
    if isinstance(rule, tuple):
        return _tuple_check(rule, name)
    return functools.partial(rule, name)


def _array_check(rule, name):
    """Make the check of an array from its axes."""
    kinds = "fc" if rule.startswith("float ") else "fciub"
    axes = tuple(1 if axis == "1" else axis for axis in rule.removeprefix("float ").split())
    n_axes, ndarray = len(axes), np.ndarray

    def check(value, sizes):
        if type(value) is not ndarray or value.dtype.kind not in kinds:
            require_array(name, value, kinds)
        shape = value.shape
        if len(shape) != n_axes:
            _refuse_shape(name, shape, axes, sizes)
        for axis, size in zip(axes, shape):  # noqa: B905 - the lengths are equal, and strict costs time
            if axis not in sizes:
                # The first array with this axis sets its size, and is remembered for the message.
                if size == 0:
                    raise ValueError(f"{name} has shape {shape}, so {axis} = 0; "
                                     f"wanted ({', '.join(map(str, axes))}) with each size at least 1")
                sizes[axis] = (size, name)
            elif sizes[axis][0] != size:
                _refuse_shape(name, shape, axes, sizes)

    return check


def require_array(name, value, kinds="fciub"):
    """Refuse what is not an array of numbers; `kinds` are letters of ``dtype.kind``."""
    if not isinstance(value, np.ndarray):
        raise TypeError(f"{name} is of type {type(value).__name__}, wanted a numpy array")
    if isinstance(value, np.matrix):
        raise TypeError(f"{name} is a numpy.matrix, wanted a plain numpy array: its * and ** differ")
    if value.dtype.kind not in kinds:
        wanted = "numbers, such as float64" if "i" in kinds else "float64 or float32"
        raise TypeError(f"{name} has dtype {value.dtype}, wanted {wanted}")


def _refuse_shape(name, shape, axes, sizes):
    """Say which shape was wanted, and which arguments set the sizes in it."""
    found = dict(zip(axes, shape, strict=True)) if len(shape) == len(axes) else {}
    wanted = [str(sizes[axis][0] if axis in sizes else found.get(axis, axis)) for axis in axes]
    says = {}
    for axis in dict.fromkeys(axes):
        size, source = sizes.get(axis, (None, None))
        if source not in (None, name):
            says.setdefault(source, []).append(f"{axis} = {size}")
    reasons = [f"{source} says {' and '.join(known)}" for source, known in says.items()]
    message = f"{name} has shape {shape}, wanted ({', '.join(map(str, axes))})"
    if wanted != [str(axis) for axis in axes]:
        message += f" = ({', '.join(wanted)})"
    raise ValueError(": ".join([message, ", ".join(reasons)]) if reasons else message)


def _dictionary_check(rule, name):
    """Make the check of a dictionary from its entries."""
    entries = [(key, _compile(entry, f'{name}["{key}"]')) for key, entry in rule.items()]

    def check(value, sizes):
        if not isinstance(value, dict):
            raise TypeError(f"{name} is of type {type(value).__name__}, "
                            f"wanted a dict with the keys {', '.join(rule)}")
        for key, check_entry in entries:
            if key not in value:
                raise ValueError(f'{name} has no key "{key}", wanted the keys {", ".join(rule)}; '
                                 f"found {', '.join(map(str, value)) or 'none'}")
            check_entry(value[key], sizes)

    return check


def _tuple_check(rule, name):
    """Make the check of a cache from its parts."""
    wanted = f"({', '.join(part for part, _ in rule)})"
    parts = [_compile(entry, f"{name}[{i}] ({part})") for i, (part, entry) in enumerate(rule)]

    def check(value, sizes):
        if not isinstance(value, tuple | list):
            raise TypeError(f"{name} is of type {type(value).__name__}, wanted the tuple {wanted}")
        if len(value) != len(parts):
            raise ValueError(f"{name} has {len(value)} entries, wanted {len(parts)}: {wanted}")
        for check_entry, entry in zip(parts, value, strict=True):
            check_entry(entry, sizes)

    return check
