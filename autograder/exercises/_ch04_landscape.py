"""What the gradient check of chapter 4 is tried on: losses whose gradients are known, right and wrong gradients."""

from dataclasses import dataclass

import numpy as np

from autograder.engine import Case

# Which parts a case tells about.
INTACT = "inputs left unchanged"
ALL, ONE = ("error", INTACT), ("error where one gradient is wrong", INTACT)
ZERO, SHORT = ("error of zero gradients", INTACT), ("error in 32-bit", INTACT)


@dataclass(frozen=True)
class Landscape:
    """A loss with a known gradient: the sum of c θ² / 2, plus the sine of the sum of c θ, times a height.

    Through the sine every entry of every parameter acts on the slope of all others.
    """

    names: tuple[str, ...]
    height: float = 1.0

    def __call__(self, parameters):
        """Return the loss."""
        if not isinstance(parameters, dict):
            raise TypeError(f"loss takes the dict of all parameters, and got {type(parameters).__name__}")
        bowl = sum(np.sum(weights(parameters[name]) * parameters[name] ** 2) for name in self.names) / 2
        return float(self.height * (bowl + np.sin(self.wave(parameters))))

    def wave(self, parameters):
        """Return the sum of c θ."""
        return sum(np.sum(weights(parameters[name]) * parameters[name]) for name in self.names)

    def gradients(self, parameters):
        """Return the gradients, by formula."""
        slope = np.cos(self.wave(parameters))
        return {"d" + name: self.height * weights(parameters[name]) * (parameters[name] + slope) for name in self.names}


def weights(theta):
    """Return the numbers c: 0.5, 1 and 1.5 in turn."""
    return (0.5 + 0.5 * (np.arange(theta.size) % 3)).reshape(theta.shape).astype(theta.dtype)


def _place(rng, names, dtype=np.float64, height=1.0):
    """Return a landscape, a place in it and the right gradients there: the first arguments of a case."""
    shapes = [tuple(int(size) for size in rng.integers(2, 4, 2)) for _ in names[1:]]
    shapes.append((shapes[0][0], 1))
    parameters = {name: rng.standard_normal(shape).astype(dtype) for name, shape in zip(names, shapes, strict=True)}
    landscape = Landscape(names, height)
    precise = {name: value.astype(np.float64) for name, value in parameters.items()}
    return landscape, parameters, landscape.gradients(precise)


def _spoilt(arguments, *names, entry=...):
    """Return the same arguments with some of the gradients, or one entry, too large."""
    landscape, parameters, gradients = arguments
    gradients = {name: value.copy() for name, value in gradients.items()}
    for name in names:
        gradients[name][entry] *= 1.4
    return landscape, parameters, gradients


def check_cases(rng):
    """Return the cases of the exercise `gradient_check`."""
    first, second = _place(rng, ("Wax", "Waa", "ba")), _place(rng, ("W", "V", "b"))
    third, short = _place(rng, ("Wya", "Wax", "by")), _place(rng, ("W", "b"), np.float32)
    flat, low = _place(rng, ("W", "b"), height=0.0), _place(rng, ("W", "b"), height=1e-6)
    not_flat = {name: rng.standard_normal(value.shape) for name, value in flat[2].items()}
    turned = dict(reversed(second[2].items()))
    more = {"dx": rng.standard_normal((3, 4)), **third[2], "da0": rng.standard_normal((2, 2))}
    return [
        Case(first, {}, "right gradients", ALL),
        Case(_spoilt(first, "dWax", "dWaa", "dba"), {}, "all wrong", ALL),
        Case((*second[:2], turned), {}, "the gradients in another order than the parameters", ALL),
        Case((*third[:2], more), {}, "gradients without a parameter beside them", ALL),
        Case(_spoilt(first, "dba"), {}, "wrong in the last parameter", ONE),
        Case(_spoilt(second, "dW"), {}, "wrong in the first parameter", ONE),
        Case(_spoilt(third, "dWax", entry=(1, 1)), {}, "wrong in one entry", ONE),
        Case(_spoilt(low, "dW", "db"), {}, "small and wrong", ONE),
        Case((*first, 0.1), {}, "epsilon = 0.1", ONE),
        Case(flat, {}, "both are zero", ZERO),
        Case((*flat[:2], not_flat), {}, "only the numerical gradient is zero", ZERO),
        Case(short, {}, "right gradients of 32-bit parameters", SHORT),
        Case(_spoilt(short, "dW", "db"), {}, "wrong gradients of 32-bit parameters", SHORT),
    ]
