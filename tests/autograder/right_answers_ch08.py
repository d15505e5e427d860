"""Right answers to the exercises of chapter 8, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

import functools
import math
import operator
from fractions import Fraction

import numpy as np

from solutions import clip_by_norm, rnn_backward, rnn_cell_backward

# --- predict_gradient_flow -------------------------------------------------------------------------------------


def answers(small, large, slope, shared="last steps", noticed="exploding"):
    return {"radius 0.9": small, "radius 1.1": large, "radius 1.1, slope 0.5": slope, "dWaa": shared,
            "shows itself": noticed}


def predicted_by_powers():
    return answers(0.9**50, 1.1**50, 0.55**50)


def predicted_by_loops():
    norms = []
    for factor in (0.9, 1.1, 1.1 * 0.5):
        norm = 1.0
        for _ in range(50):
            norm *= factor
        norms.append(norm)
    return answers(*norms)


def predicted_by_logarithms():
    return answers(*(math.exp(50 * math.log(factor)) for factor in (0.9, 1.1, 0.55)))


def predicted_by_numpy():
    return answers(*np.power([0.9, 1.1, 0.55], 50))


def predicted_as_arrays():
    return answers(*(np.array([factor**50]) for factor in (0.9, 1.1, 0.55)))


def predicted_on_paper():
    return answers(0.005, 120, 1e-13, "last steps", "exploding")


def predicted_with_capitals():
    return answers(0.00515, 117.4, 1.04e-13, " Last steps", "Exploding")


def predicted_exactly():
    return answers(*(float(Fraction(n, 100) ** 50) for n in (90, 110, 55)))


def predicted_in_32_bit():
    return {**answers(*np.power(np.float32([0.9, 1.1, 0.55]), np.float32(50))), "why": "one factor for each step"}


# --- gradient_norms_through_time -------------------------------------------------------------------------------


def norms_step_by_step(da, caches):
    a, _, _, parameters = caches
    T_x, n_a, m = da.shape
    norms, back = np.zeros((T_x,)), np.zeros((n_a, m))
    for t in range(T_x - 1, -1, -1):
        total = np.add(da[t], back)
        norms[t] = np.sqrt(np.sum(np.square(total)))
        dz = total * (1 - np.square(a[t]))
        back = np.dot(parameters["Waa"].T, dz)
    return norms


def norms_by_the_cell(da, caches):
    a, a0, x, parameters = caches
    before = [a0, *a[:-1]]
    norms, back = [], 0
    for t in reversed(range(len(a))):
        total = da[t] + back
        norms.insert(0, float(np.linalg.norm(total)))
        back = rnn_cell_backward(total, (a[t], before[t], x[t], parameters))["da_prev"]
    return norms


def norms_by_whole_sequences(da, caches):
    """What comes back to a state is the da0 of the sequence that starts there."""
    a, _a0, x, parameters = caches
    norms = [np.linalg.norm(da[t] + rnn_backward(da[t + 1:], (a[t + 1:], a[t], x[t + 1:], parameters))["da0"])
             for t in range(len(a) - 1)]
    return np.array([*norms, np.linalg.norm(da[-1])])


def norms_of_stored_gradients(da, caches):
    a, _, _, parameters = caches
    whole = np.array(da, dtype=float)
    for t in reversed(range(len(a) - 1)):
        whole[t] += np.einsum("ji,jm->im", parameters["Waa"], (1 - a[t + 1] ** 2) * whole[t + 1])
    return np.linalg.norm(whole.reshape(len(a), -1), axis=1)


def norms_by_matrices(da, caches):
    """Every example has Jacobians of its own: multiply them."""
    a, _, _, parameters = caches
    squares = np.zeros(len(a))
    for i in range(da.shape[2]):
        back = np.zeros(da.shape[1])
        for t in reversed(range(len(a))):
            g = da[t, :, i] + back
            squares[t] += g @ g
            back = (np.diag(1 - a[t, :, i] ** 2) @ parameters["Waa"]).T @ g
    return squares**0.5


def norms_recursively(da, caches):
    a, _, _, parameters = caches

    def go(t):
        if t == len(a) - 1:
            return [da[t]]
        behind = go(t + 1)
        return [da[t] + parameters["Waa"].T @ ((1 - a[t + 1] ** 2) * behind[0]), *behind]

    return np.array([math.sqrt((g * g).sum()) for g in go(0)])


def norms_in_32_bit(da, caches):
    a, a0, x, parameters = caches
    short = {name: value.astype(np.float32) for name, value in parameters.items()}
    return norms_step_by_step(da.astype(np.float32), (a.astype(np.float32), a0, x, short))


def norms_as_a_column_of_vectors(da, caches):
    a, _, _, parameters = caches
    back, norms = np.zeros(da.shape[1:]), {}
    for t, (own, state) in reversed(list(enumerate(zip(da, a, strict=True)))):
        back = back + own
        norms[t] = np.linalg.norm(back.ravel(), ord=2)
        back = ((1 + state) * (1 - state) * back).T @ parameters["Waa"]
        back = back.T
    return np.array([norms[t] for t in range(len(a))])


# --- clip_by_value ---------------------------------------------------------------------------------------------


def value_with_clip(gradients, limit):
    return {name: np.clip(g, -limit, limit) for name, g in gradients.items()}


def value_min_max(gradients, limit):
    return {name: np.minimum(np.maximum(g, -limit), limit) for name, g in gradients.items()}


def value_where(gradients, limit):
    clipped = {}
    for name in gradients:
        g = gradients[name]
        clipped[name] = np.where(g > limit, limit, np.where(g < -limit, -limit, g))
    return clipped


def value_by_sign(gradients, limit):
    return dict(zip(gradients, [np.sign(g) * np.minimum(np.abs(g), limit) for g in gradients.values()], strict=True))


def value_masks_on_a_copy(gradients, limit):
    copies = {name: g.copy() for name, g in gradients.items()}
    for g in copies.values():
        g[g > limit] = limit
        g[g < -limit] = -limit
    return copies


def value_out_into_copies(gradients, limit):
    copies = {name: np.array(g) for name, g in gradients.items()}
    for g in copies.values():
        np.clip(g, -limit, limit, out=g)
    return copies


def value_number_by_number(gradients, limit):
    def cut(g):
        return [cut(entry) for entry in g] if isinstance(g, list) else max(-limit, min(limit, g))

    return {name: cut(g.tolist()) for name, g in gradients.items()}


def value_by_the_excess(gradients, limit):
    return {name: (np.abs(g + limit) - np.abs(g - limit)) / 2 for name, g in gradients.items()}


def value_in_32_bit(gradients, limit):
    return {name: g.astype(np.float32).clip(-limit, limit) for name, g in reversed(gradients.items())}


# --- clip_by_norm ----------------------------------------------------------------------------------------------


def norm_plain(gradients, max_norm):
    total = 0
    for g in gradients.values():
        total += np.sum(g**2)
    norm = np.sqrt(total)
    if norm <= max_norm:
        return {name: g.copy() for name, g in gradients.items()}
    return {name: g * max_norm / norm for name, g in gradients.items()}


def norm_of_norms(gradients, max_norm):
    norm = np.linalg.norm([np.linalg.norm(g) for g in gradients.values()])
    return {name: g * (max_norm / max(norm, max_norm)) for name, g in gradients.items()}


def norm_of_one_vector(gradients, max_norm):
    vector = np.concatenate([g.flatten() for g in gradients.values()])
    norm = (vector @ vector) ** 0.5
    factor = 1 if norm < max_norm else max_norm / norm
    return {name: np.multiply(factor, g) for name, g in gradients.items()}


def norm_with_epsilon(gradients, max_norm):
    norm = math.sqrt(sum(float(np.vdot(g, g)) for g in gradients.values()))
    factor = min(1.0, max_norm / (norm + 1e-6))
    return {name: factor * g for name, g in gradients.items()}


def norm_of_copies(gradients, max_norm):
    clipped = {name: np.array(g, dtype=float) for name, g in gradients.items()}
    norm = functools.reduce(np.hypot, (np.linalg.norm(g) for g in clipped.values()))
    if norm > max_norm:
        for g in clipped.values():
            g /= norm
            g *= max_norm
    return clipped


def norm_number_by_number(gradients, max_norm):
    def scaled(g):
        return [scaled(entry) for entry in g] if isinstance(g, list) else factor * g

    squares = [entry * entry for g in gradients.values() for entry in g.flat]
    factor = max_norm / math.sqrt(math.fsum(squares)) if math.fsum(squares) > max_norm**2 else 1.0
    return {name: scaled(g.tolist()) for name, g in gradients.items()}


def norm_by_hypot(gradients, max_norm):
    norm = math.hypot(*np.concatenate([g.ravel() for g in gradients.values()]))
    return {name: g if norm <= max_norm else g * (max_norm / norm) for name, g in gradients.items()}


def norm_scaled_against_overflow(gradients, max_norm):
    largest = max(np.abs(g).max() for g in gradients.values())
    if largest == 0:
        return {name: np.zeros(g.shape) for name, g in gradients.items()}
    norm = largest * np.sqrt(sum(np.sum((g / largest) ** 2) for g in gradients.values()))
    return {name: g * np.minimum(1, max_norm / norm) for name, g in gradients.items()}


def norm_in_32_bit(gradients, max_norm):
    return norm_plain({name: g.astype(np.float32) for name, g in gradients.items()}, max_norm)


# --- accepts_clip_by_norm --------------------------------------------------------------------------------------


def random_gradients(rng, scale=5.0):
    return {"dWaa": scale * rng.standard_normal((4, 4)), "dWax": scale * rng.standard_normal((4, 3)),
            "dba": scale * rng.standard_normal((4, 1))}


def accepts_by_an_own_one(candidate):
    """Compare with one's own clipping, on random gradients."""
    rng = np.random.default_rng(4)
    gradients = random_gradients(rng)
    norms = [np.linalg.norm(g) for g in gradients.values()]
    limits = (1.0, (max(norms) + np.linalg.norm(norms)) / 2, 1000.0)
    for one in (gradients, {name: 0 * g for name, g in gradients.items()}):
        for limit in limits:
            before = {name: g.copy() for name, g in one.items()}
            wanted = clip_by_norm(before, limit)
            try:
                found = candidate(one, limit)
            except Exception:
                return False
            same = all(np.array_equal(one[name], before[name]) for name in before)
            fits = sorted(found) == sorted(wanted) and all(
                found[name].shape == wanted[name].shape and np.allclose(found[name], wanted[name]) for name in wanted)
            if not (same and fits):
                return False
    return True


def accepts_by_properties(candidate):
    """No numbers by hand: the length is right, the direction is kept, what is short stays."""
    rng = np.random.default_rng(8)

    def vector(gradients):
        return np.concatenate([np.ravel(gradients[name]) for name in ("dWaa", "dWax", "dba")])

    try:
        for limit in (0.5, 28.0, 1e6):
            gradients = random_gradients(rng)
            g = vector(gradients)
            clipped = candidate(gradients, limit)
            c = vector(clipped)
            if not np.array_equal(vector(gradients), g) or len(clipped) != 3:
                return False
            if {name: value.shape for name, value in clipped.items()} != {n: v.shape for n, v in gradients.items()}:
                return False
            if not np.isclose(np.linalg.norm(c), min(limit, np.linalg.norm(g))):
                return False
            if not np.isclose(c @ g, np.linalg.norm(c) * np.linalg.norm(g)):
                return False
        nothing = candidate({name: np.zeros_like(value) for name, value in gradients.items()}, 1.0)
        return bool(not np.any(vector(nothing)))
    except Exception:
        return False


def accepts_with_asserts_caught(candidate):
    def check_all():
        for limit, factor in ((6.5, 0.5), (12.5, 12.5 / 13), (26, 1), (13, 1)):
            gradients = {"dW": np.array([[3.0, -4.0], [0.0, 0.0]]), "db": np.array([[0.0], [12.0]])}
            clipped = candidate(gradients, limit)
            assert gradients["dW"].tolist() == [[3, -4], [0, 0]]
            assert gradients["db"].tolist() == [[0], [12]]
            np.testing.assert_allclose(clipped["dW"], factor * np.array([[3, -4], [0, 0]]), atol=1e-12)
            np.testing.assert_allclose(clipped["db"], factor * np.array([[0], [12]]), atol=1e-12)
            assert clipped["db"].shape == (2, 1)
        zeros = candidate({"dW": np.zeros((2, 3)), "db": np.zeros((2, 1))}, 0.1)
        np.testing.assert_array_equal(zeros["dW"], np.zeros((2, 3)))

    try:
        check_all()
    except Exception:
        return False
    return True


def accepts_as_numpy_bool(candidate):
    verdicts = []
    for scale in (0.0, 0.01, 0.05, 1.0):
        rng = np.random.default_rng(15)
        given, kept = random_gradients(rng, 20 * scale), None
        kept = {name: value + 0.0 for name, value in given.items()}
        norm = np.sqrt(functools.reduce(operator.add, (np.sum(value**2) for value in given.values())))
        factor = 1 if norm < 5.5 else 5.5 / norm
        try:
            found = candidate(given, max_norm=5.5)
            verdicts += [given[name].shape == found[name].shape and np.allclose(found[name], factor * kept[name],
                                                                                rtol=1e-9) for name in kept]
            verdicts += [(given[name] == kept[name]).all() for name in kept]
        except (KeyError, TypeError, ValueError, ArithmeticError, AttributeError):
            verdicts.append(False)
    return np.all(verdicts)


def accepts_as_a_list_of_findings(candidate):
    findings = []

    def look(gradients, limit, factor):
        given = {name: np.copy(value) for name, value in gradients.items()}
        try:
            found = candidate(given, limit)
        except Exception as error:
            findings.append(f"raises {error}")
            return
        for name, value in gradients.items():
            if name not in found:
                findings.append(f"{name} is lost")
            elif np.asarray(found[name]).shape != value.shape:
                findings.append(f"{name} has another shape")
            elif not np.allclose(found[name], value * factor):
                findings.append(f"{name} is wrong")
            if (given[name] != value).any():
                findings.append(f"{name} was changed")

    long = {"one": np.array([[2.0, 3.0], [6.0, -1.0]]), "two": np.array([[-5.0, 5.0]])}
    norm = math.sqrt(100)
    look(long, 2.0, 0.2)
    look(long, 9.0, 0.9)
    look(long, norm * 3, 1.0)
    look({name: 0 * value for name, value in long.items()}, 2.0, 1.0)
    return not findings


def accepts_as_0_or_1(candidate):
    return int(accepts_by_properties(candidate))


def accepts_with_one_exit(candidate):
    right, gradients = True, {"a": np.arange(1.0, 7.0).reshape(2, 3), "b": -np.ones((3, 1))}
    norm = np.sqrt(91 + 3)
    for limit in [0.1, 1, 9.6, 9.7, 50]:
        for sign in (-1, 0, 1):
            given = {name: sign * value for name, value in gradients.items()}
            want = {name: sign * value * min(1, limit / norm) for name, value in gradients.items()}
            keep = {name: sign * value for name, value in gradients.items()}
            try:
                got = candidate(given, limit)
                right = right and got.keys() == want.keys()
                right = right and all(np.shape(got[k]) == np.shape(want[k]) for k in want)
                right = right and all(np.abs(got[k] - want[k]).max() < 1e-9 for k in want)
                right = right and all(np.array_equal(given[k], keep[k]) for k in keep)
            except Exception:
                right = False
    return right


def accepts_through_a_table(candidate):
    table = [  # gradients, limit, wanted
        ([[3.0, 0.0]], [[4.0], [0.0]], 2.5, [[1.5, 0.0]], [[2.0], [0.0]]),
        ([[3.0, 0.0]], [[4.0], [0.0]], 4.5, [[2.7, 0.0]], [[3.6], [0.0]]),
        ([[3.0, 0.0]], [[0.0], [4.0]], 1.0, [[0.6, 0.0]], [[0.0], [0.8]]),
        ([[-3.0, 4.0]], [[4.0], [2.0]], 10.0, [[-3.0, 4.0]], [[4.0], [2.0]]),
        ([[0.0, 5.0]], [[-5.0], [12.0]], 1.0, None, None),
        ([[0.0, 0.0]], [[0.0], [0.0]], 1.0, [[0.0, 0.0]], [[0.0], [0.0]]),
    ]
    for W, b, limit, want_W, want_b in table:
        given = {"dW": np.array(W), "db": np.array(b)}
        try:
            found = dict(candidate(given, limit))
            got_W, got_b = np.asarray(found.pop("dW")), np.asarray(found.pop("db"))
        except Exception:
            return False
        if found or got_W.shape != (1, 2) or got_b.shape != (2, 1):
            return False
        if given["dW"].tolist() != W or given["db"].tolist() != b:
            return False
        if want_W and not (np.allclose(got_W, want_W) and np.allclose(got_b, want_b)):
            return False
    return True


def norms_by_the_tails(da, caches):
    a, _, x, parameters = caches
    tails = [rnn_backward(da[t + 1:], (a[t + 1:], a[t], x[t + 1:], parameters))["da0"] for t in range(len(a) - 1)]
    return tuple(np.linalg.norm(own + back) for own, back in zip(da, [*tails, 0], strict=True))


def norm_as_tensorflow_has_it(gradients, max_norm):
    norm = np.sqrt(sum(np.vdot(g, g) for g in gradients.values()))
    return {name: g * max_norm / max(norm, max_norm) for name, g in gradients.items()}


def accepts_and_prints(candidate):
    print("trying", candidate.__name__)
    return accepts_by_properties(candidate)


RIGHT_ANSWERS = {
    "predict_gradient_flow": (
        predicted_by_powers, predicted_by_loops, predicted_by_logarithms, predicted_by_numpy, predicted_as_arrays,
        predicted_on_paper, predicted_with_capitals, predicted_exactly, predicted_in_32_bit,
    ),
    "gradient_norms_through_time": (
        norms_step_by_step, norms_by_the_cell, norms_by_whole_sequences, norms_of_stored_gradients, norms_by_matrices,
        norms_recursively, norms_in_32_bit, norms_as_a_column_of_vectors, norms_by_the_tails,
    ),
    "clip_by_value": (
        value_with_clip, value_min_max, value_where, value_by_sign, value_masks_on_a_copy, value_out_into_copies,
        value_number_by_number, value_by_the_excess, value_in_32_bit,
    ),
    "clip_by_norm": (
        norm_plain, norm_of_norms, norm_of_one_vector, norm_with_epsilon, norm_of_copies, norm_number_by_number,
        norm_by_hypot, norm_scaled_against_overflow, norm_in_32_bit, norm_as_tensorflow_has_it,
    ),
    "accepts_clip_by_norm": (
        accepts_by_an_own_one, accepts_by_properties, accepts_with_asserts_caught, accepts_as_numpy_bool,
        accepts_as_a_list_of_findings, accepts_as_0_or_1, accepts_with_one_exit, accepts_through_a_table,
        accepts_and_prints,
    ),
}
