"""Exercise sample_token of chapter 7."""

import numpy as np

from autograder.engine import Case, Draws, Exercise, FromGenerator, Part, Patched, Seed, intact
from autograder.exercises.mistakes import mistakes_in, whole_mistakes_in
from solutions import sample_token, softmax

CHAPTER = "07_sampling"
_mistake, _whole_mistake = mistakes_in(CHAPTER), whole_mistakes_in(CHAPTER)

# --- what is compared ------------------------------------------------------------------------------------------

ONE_TOKEN = "the index of one token"


def token(result):
    """Return a drawn index as a number, from whatever a right answer may hold it in; TypeError where it is none."""
    if type(result) is int:  # a long sequence has many of them
        return result
    if isinstance(result, (list, tuple)):
        raise TypeError
    number = np.asarray(result)
    if number.size != 1 or number.dtype.kind not in "iuf" or number.item() != int(number.item()):
        raise TypeError
    return int(number.item())


def _exact(case):
    return case.args[0].ravel()


_DRAWS, _RNG = ("draws", "inputs left unchanged"), ("rng", "inputs left unchanged")
_BOTH = ("draws", "rng", "inputs left unchanged")

# --- cases -----------------------------------------------------------------------------------------------------


def one_prediction(rng, n_y, likeliest):
    """Draw a column of probabilities whose largest, near `likeliest`, stands neither first nor last."""
    rest = rng.dirichlet(np.full(n_y - 1, 3.0)) * (1 - likeliest)
    return np.insert(rest, rng.integers(1, n_y - 1), likeliest)[:, np.newaxis]


def many_tokens(rng, n_y):
    """Draw a column of very many probabilities, none of them large."""
    return softmax(0.1 * rng.standard_normal((n_y, 1)))


def rounded(rng, n_y):
    """Draw a 32-bit softmax that sums, in 64 bits, to clearly more than one even without its last entry."""
    while True:
        scores = rng.standard_normal((n_y, 1)).astype(np.float32)
        scores[-1] = -25
        column = softmax(scores)
        if column[:-1].sum(dtype=np.float64) > 1 + 4e-8:
            return column


def _cases(rng):
    n_y = int(rng.integers(6, 9))
    certain = np.zeros((n_y, 1))
    certain[rng.integers(1, n_y - 1)] = 1

    def case(probabilities, label, repeat, parts=_DRAWS, again=False):
        seed = Seed(int(rng.integers(2**31)), again)
        return Case((probabilities, seed), {"n_y": len(probabilities)}, label, parts, repeat)

    return [
        case(certain, "a prediction that is certain", 6),
        case(many_tokens(rng, 800), "800 tokens", 12, _BOTH),
        case(many_tokens(rng, 700), "700 tokens, twice the same generator", 4, _RNG, again=True),
        case(rounded(rng, 12), "32-bit probabilities", 60),
        case(np.ones((1, 1)), "n_y = 1", 3),
        case(one_prediction(rng, n_y, 0.35), "", 600),
        case(one_prediction(rng, 3, 0.93), "a likely token", 1500),
    ]


# --- the exercise ----------------------------------------------------------------------------------------------

ENDS = "ends = probabilities.cumsum(dtype=np.float64)"
DRAW = 'int((ends / ends[-1]).searchsorted(rng.random(), side="right"))'


def _wrong(new, ends=ENDS):
    return Patched(sample_token, (ENDS, ends), (DRAW, new))


def _loop(test, before=ENDS):
    """Cut the stick in a loop, with another test for the piece that is hit."""
    return _wrong(f"next((k for k in range(len(probabilities)) if {test}), len(probabilities) - 1)", before)


SAMPLE_TOKEN = Exercise(
    id="sample_token",
    chapter=CHAPTER,
    reference=sample_token,
    cases=_cases,
    parts=(
        Part("draws", 14, Draws(token, _exact, ONE_TOKEN, lambda number, case: f"index {number}")),
        Part("rng", 4, FromGenerator(token, ONE_TOKEN)),
        intact(2),
    ),
    hints=(
        "Think of a stick of length 1, cut into n_y pieces of the lengths ŷ_1, ŷ_2, …. A point that falls on it at "
        "random falls into piece k with probability ŷ_k.",
        "`np.cumsum(probabilities)` gives the right end of every piece, and `rng.random()` a point between 0 and 1. "
        "Into which piece does it fall?",
        "Or let the generator do it: `rng.choice(n_y, p=…)`. Its p must be flat, of shape (n_y,), and must sum to one "
        "exactly: turn the column into 64-bit numbers first, then divide by their sum.",
    ),
    misconceptions=(
        _whole_mistake(
            "argmax", _wrong("int(np.argmax(probabilities))"),
            "You always take the likeliest token. Sampling draws: a token with probability 0.2 must come up in one "
            "draw of five. With argmax a model writes the same sequence for ever.", "drawing-a-token"),
        _mistake(
            "uniform", _wrong("int(rng.integers(len(probabilities)))"),
            "All your tokens come up equally often, whatever the model says: the probabilities are not used. "
            "(`rng.choice` needs them as `p`.)", "drawing-a-token"),
        _whole_mistake(
            "seeded_inside", _wrong("int(np.searchsorted(ends / ends[-1], np.random.default_rng(0).random()))"),
            "Every call draws the same token, because a generator is made anew, with a fixed seed, inside of the "
            "function. Use the `rng` that comes in: it goes on from call to call.", "where-chance-comes-from"),
        _mistake(
            "other_generator", _wrong("int(np.searchsorted(ends / ends[-1], np.random.default_rng().random()))"),
            "Your random numbers do not come from `rng`: the same generator gives another token each time. Draw "
            "with `rng`, not with `np.random`, `random` or a generator of your own; else no result can be repeated.",
            "where-chance-comes-from"),
        _mistake(
            "column_for_choice", _wrong("int(rng.choice(len(probabilities), p=probabilities))"),
            "`probabilities` is a column of shape (n_y, 1), and `rng.choice` wants a flat array as `p`: "
            "`probabilities[:, 0]` or `probabilities.ravel()`.", "drawing-a-token"),
        _mistake(
            "first_row", _wrong("int(rng.choice(len(probabilities), p=probabilities[0]))"),
            "`rng.choice(n, p=p)` wants as many probabilities as tokens, and yours are not as many. n is the number of "
            "rows, `len(probabilities)`; p is `probabilities[:, 0]`, all rows of column 0. (`probabilities[0]` is a "
            "single number, and `probabilities.shape[1]` is 1.)", "drawing-a-token",
            _wrong("int(rng.choice(len(probabilities), p=probabilities[0, :]))"),
            _wrong("int(rng.choice(probabilities.shape[1], p=probabilities[:, 0]))")),
        _whole_mistake(
            "one_token_to_choose_from", _wrong("int(rng.choice(probabilities.shape[1]))"),
            "Only one row of the column reaches your draw: `probabilities.shape[1]` is the number of columns, 1. The "
            "tokens are the rows, `probabilities.shape[0]` of them.", "drawing-a-token"),
        _mistake(
            "old_generator", _wrong("int(np.searchsorted(ends / ends[-1], rng.rand()))"),
            "`rng` is a `numpy.random.Generator`: it has `random`, `integers` and `choice`. `rand`, `randint` and the "
            "like belong to the older `np.random`.", "where-chance-comes-from",
            *(_wrong(f"int(np.searchsorted(ends / ends[-1], rng.{old}))") for old in (
                "random_sample()", "random.random()", "random.rand()")), _wrong("int(rng.randint(len(ends)))")),
        _mistake(
            "float32_sum", _wrong("int(rng.choice(len(probabilities), p=probabilities.ravel().tolist()))"),
            "In 32 bits the probabilities sum to one only nearly, and numpy refuses them. Make 64-bit numbers of them "
            "and divide by their sum: `p = probabilities.ravel().astype(np.float64); p /= p.sum()`.",
            "drawing-a-token",
            _wrong("int(np.argmax(rng.multinomial(1, probabilities.ravel())))"),
            _wrong("int(rng.choice(len(probabilities), p=probabilities.ravel().astype(np.float64)))")),
        _mistake(
            "probability_returned", _wrong("float(probabilities[np.searchsorted(ends / ends[-1], rng.random()), 0])"),
            "You return the probability of the token that was drawn. Wanted is its index.", "drawing-a-token",
            _wrong("probabilities[np.searchsorted(ends / ends[-1], rng.random()), 0]"),
            _wrong("probabilities[np.searchsorted(ends / ends[-1], rng.random())]")),
        _mistake(
            "one_hot_returned", _wrong("rng.multinomial(1, np.ravel(probabilities) / ends[-1])"),
            "You return a one-hot column. Wanted is the index of the one in it.", "drawing-a-token",
            _wrong("rng.multinomial(1, np.ravel(probabilities) / ends[-1]).reshape(-1, 1)")),
        _mistake(
            "counted_from_one", _wrong("1 + " + DRAW),
            "Your indices are too large by one: they count from 0, as the rows of the column do.", "drawing-a-token"),
        _mistake(
            "not_cumulative", _loop("u < probabilities[k, 0]", "u = rng.random()"),
            "You compare the random number with each probability by itself. Compare it with the running sum "
            "ŷ_1 + … + ŷ_k, the right end of piece k of the stick.", "drawing-a-token",
            _wrong("int(np.searchsorted(np.ravel(probabilities), rng.random()))"),
            _wrong("int(np.argmax(np.ravel(probabilities) > rng.random()))")),
        _mistake(
            "new_number_for_each_token", _loop("rng.random() < ends[k] / ends[-1]"),
            "You draw a new random number for every token that you try. Draw one before the loop: the point on the "
            "stick stays where it fell.", "drawing-a-token"),
        _mistake(
            "sorted_probabilities", _wrong(DRAW, "ends = np.cumsum(np.sort(probabilities.ravel()))"),
            "You sort the probabilities, and the index that you return is a place in the sorted list. Token k must "
            "keep row k (or use `np.argsort` and go back).", "drawing-a-token",
            _wrong(DRAW, "ends = np.cumsum(np.sort(probabilities.ravel())[::-1])")),
        _mistake(
            "softmax_twice", _wrong(DRAW, "ends = softmax(probabilities).cumsum(dtype=np.float64)"),
            "You take a softmax of the probabilities. They are probabilities already; a second softmax makes them "
            "nearly uniform.", "drawing-a-token"),
    ),
)
