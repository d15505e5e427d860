"""Exercise of chapter 12: a deep network over a whole sequence."""

from autograder.engine import Array, Case, Exercise, Part, intact
from autograder.exercises._ch12_caches import AnyUnit, Caches
from autograder.exercises._ch12_forward_mistakes import BETWEEN, OWN, RESULTS
from autograder.exercises._ch12_shared import CHAPTER, PerLayer, network_inputs
from autograder.exercises.inputs import with_large_scores
from solutions import RNN, deep_rnn_forward

UNITS = "any unit"


def _cases(rng):
    cases = []
    for args, n, label in network_inputs(rng):
        parts = ("a", "y_pred", "caches", "inputs left unchanged") if args[3] is RNN else (UNITS,)
        cases.append(Case(args, n, label, parts))
    return [*cases, with_large_scores(cases[0])]


DEEP_RNN_FORWARD = Exercise(
    id="deep_rnn_forward",
    chapter=CHAPTER,
    reference=deep_rnn_forward,
    cases=_cases,
    parts=(
        Part("a", 15, PerLayer(Array("T_x n_a m")), (0,)),
        Part("y_pred", 7, Array("T_x n_y m"), (1,)),
        Part("caches", 6, Caches(), (2,)),
        Part(UNITS, 5, AnyUnit(Array("T_x n_a m"))),
        intact(2),
    ),
    hints=(
        "Do not go step by step through time: the cell does that. Go through the layers, from below, with one call of "
        "`cell.forward` for each.",
        "Keep what the next layer will read in a variable, `below`. It begins as x; after each layer it is the states "
        "of that layer.",
        "`below, last_state, caches = cell.forward(below, a0[layer - 1], part(parameters, layer))`, with layer from 1 "
        "to L. Append each of the three to a list of its own.",
        "The predictions are one softmax of `Wya @ a[-1] + by` over the whole array: a[-1] is the topmost layer.",
        "Return the list of states, the predictions, and the tuple (layers, last_states, cell).",
    ),
    misconceptions=(*BETWEEN, *OWN, *RESULTS),
)
