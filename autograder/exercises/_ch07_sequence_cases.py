"""What sample_sequence of chapter 7 is tried on, and how its results are compared."""

import numpy as np

from autograder.engine import Case, Certain, Draws, FromGenerator, Part, Seed, intact
from autograder.exercises import _ch07_planted as planted
from autograder.exercises._ch07_token import token
from solutions import EOS, softmax

# --- what is compared ------------------------------------------------------------------------------------------

SOME_TOKENS = "a list of token indices"
FED = 5  # tokens of a certain path that show what is fed back, before any end token


def tokens(result):
    """Return a drawn sequence as a list of numbers; TypeError where it is none."""
    if not isinstance(result, (list, tuple, np.ndarray)):
        raise TypeError
    return [token(item) for item in result]


def _first(result):
    """Return the number of the first token, from 1 on; 0 for an empty sequence."""
    return 1 + (tokens(result) or [-1])[0]


def _first_prediction(case):
    _, scores = planted.step(case.args[0], *planted.beginning(case.args[0]))
    return np.append(0.0, softmax(scores))


def _name(index, case):
    return next((repr(word) for word, number in case.args[1].items() if number == index), "no token at all")


def _names(number, case):
    return " ".join(_name(index, case) for index in planted.sequence_of(number)) or "something else"


PARTS = (
    Part("first token", 8, Draws(_first, _first_prediction, SOME_TOKENS,
                                 lambda number, case: _name(number - 1, case))),
    Part("feeding back", 10, Certain(tokens, SOME_TOKENS, first=FED)),
    Part("end and length", 8, Certain(tokens, SOME_TOKENS)),
    Part("sequences", 8, Draws(lambda result: planted.number_of(tokens(result)),
                               lambda case: planted.exact_sequences(case.args[0]), SOME_TOKENS, _names)),
    Part("rng", 4, FromGenerator(tokens, SOME_TOKENS)),
    intact(2),
)

# --- cases -----------------------------------------------------------------------------------------------------


def _vocabulary(rng, n_y, **named):
    """Name n_y tokens, in a random order; `named` tells which indices have special names."""
    special = {index: {"eos": EOS, "newline": "\n"}[word] for word, index in named.items()}
    words = [special.get(index, chr(ord("a") + index) if n_y <= 26 else f"w{index}") for index in range(n_y)]
    return {words[index]: int(index) for index in rng.permutation(n_y)}


def _case(rng, parameters, vocabulary, max_length, label, parts, repeat=3, again=False):
    seed = Seed(int(rng.integers(2**31)), again)
    sizes = {"n_x": len(vocabulary), "n_a": len(parameters["ba"])}
    return Case((parameters, vocabulary, seed, max_length), sizes, label, (*parts, "inputs left unchanged"), repeat)


def _certain_cases(rng):
    """Yield the cases of models that leave nothing to chance."""
    for n_y, n_a in ((9, 12), (11, 8)):
        parameters, path = planted.planted(rng, n_y, n_a, FED + 1)
        names = _vocabulary(rng, n_y, eos=path[FED], newline=path[3])
        yield _case(rng, parameters, names, FED + 4, "a certain path", ("feeding back",))
    # What is fed back has no weight here: the end is looked at by itself.
    n_y = 10
    parameters, path = planted.planted(rng, n_y, 13, FED + 1, feedback=0.0)
    names = _vocabulary(rng, n_y, eos=path[FED], newline=path[3])
    for max_length, label in ((1, "max_length = 1"), (FED - 1, f"max_length = {FED - 1}, before the end token"),
                              (FED + 4, "the end token comes first")):
        yield _case(rng, parameters, names, max_length, label, ("end and length",))
    yield _case(rng, parameters, _vocabulary(rng, n_y), FED + 4, "no <EOS> in the vocabulary", ("end and length",))
    yield _case(rng, parameters, _vocabulary(rng, n_y, eos=0), FED + 4, "<EOS> has index 0", ("end and length",))


def draw(rng):
    """Draw the cases."""
    certain = list(_certain_cases(rng))
    decided = planted.decided_model(rng, 6, 4, 3)
    telling = planted.telling_model(rng, int(rng.integers(5, 8)))
    return [
        *certain,
        _case(rng, planted.many_tokens(rng, 300, 7), _vocabulary(rng, 300, eos=40), 1, "300 tokens, in 32 bits",
              ("first token", "rng"), repeat=6),
        _case(rng, planted.many_tokens(rng, 50, 6), _vocabulary(rng, 50, eos=30), 6, "twice the same generator",
              ("rng",), repeat=3, again=True),
        _case(rng, decided, _vocabulary(rng, 6, eos=3), 1, "", ("first token",), repeat=400),
        _case(rng, telling, _vocabulary(rng, planted.TOKENS, eos=planted.END), planted.STEPS, "short sequences",
              ("sequences",), repeat=320),
    ]
