"""Exercise of chapter 5: write a sequence from one input."""

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch05_caches import Caches, HandedThrough
from autograder.exercises._ch05_shared import (
    CHAPTER,
    CHOSEN,
    OTHER_CELL,
    UNITS,
    cases_of_other_cells,
    mistake,
    mistakes_in_the_output,
    network_parameters,
    prediction,
    sharper,
)
from autograder.exercises.inputs import draw_state, sizes_with_equal
from solutions import RNN, likeliest, one_to_many_forward

BEGIN = "xt, state, outputs, predictions, steps = x, a0, [], [], []"
LOOP = "for _ in range(T_y):"
STEP = "a, state, caches = cell.forward(xt[np.newaxis], state, parameters)"
OUTPUT = 'yt_pred = softmax(parameters["Wya"] @ a[0] + parameters["by"])'
KEEP = "predictions.append(yt_pred)"
FEED = "xt = yt_pred if choose is None else choose(yt_pred)"
RESULT = "y_pred = np.array(predictions)"
CACHES = "(np.array(outputs), y_pred, steps, choose, parameters, cell)"
ORDER = "(a, y_pred, steps, choose, parameters, cell)"


def _wrong(*replacements):
    return Patched(one_to_many_forward, *replacements)


def _feeds(new):
    return _wrong((FEED, "xt = " + new))


def _inputs(rng, cell, n):
    x = rng.standard_normal((n["n_y"], n["m"]))
    return x, draw_state(rng, cell, n), network_parameters(rng, cell, n["n_y"], n["n_a"], n["n_y"]), n["T_y"]


def _cases(rng):
    told = ("y_pred", "caches", "inputs left unchanged")
    drawn = sizes_with_equal(rng, "T_y n_a n_y m", "n_a n_y m", {"m": 1}, {"T_y": 1}, T_y=7)
    cases = [Case(_inputs(rng, RNN, n), n, label, told) for label, n in drawn]
    chosen = [Case((*_inputs(rng, RNN, n), RNN, choose), n, label, (CHOSEN,)) for (_, n), choose, label in zip(
        drawn[:2], (likeliest, sharper), ("choose = likeliest", "choose makes the likely likelier"), strict=True)]
    once = {**drawn[1][1], "T_y": 1}
    chosen.append(Case((*_inputs(rng, RNN, once), RNN, likeliest), once, "T_y = 1, choose = likeliest", ("caches",)))
    return [*cases, *chosen, *cases_of_other_cells(rng, cases[1].sizes, _inputs)]


ONE_TO_MANY_FORWARD = Exercise(
    id="one_to_many_forward",
    chapter=CHAPTER,
    reference=one_to_many_forward,
    cases=_cases,
    uses=UNITS,
    parts=(
        prediction("T_y n_y m", 14),
        Part(CHOSEN, 4, Array("T_y n_y m"), (0,)),
        Part(OTHER_CELL, 3, Array("T_y n_y m"), (0,)),
        Part("caches", 3, Caches((
            ("a", (0,), Array("T_y n_a m")),
            ("y_pred", (1,), Array("T_y n_y m")),
            ("the input of the first step", (2, 0, 2), Array("1 n_y m")),
            ("the state before the first step", (2, 0, 1), Array("n_a m")),
            ("choose", (3,), HandedThrough()),
            ("parameters['Wya']", (4, "Wya"), Array("n_y n_a")),
            ("cell", (5,), HandedThrough()),
        ), ORDER), (1,)),
        intact(1),
    ),
    hints=(
        "A loop of T_y steps. Before it: the next input is x, the next state is a0, and three lists are empty.",
        "One step: `a, state, caches = cell.forward(xt[np.newaxis], state, parameters)`. A cell wants an axis of time, "
        "so `xt[np.newaxis]` makes one of length 1; the state of this step is `a[0]`.",
        "Predict from `a[0]` and keep the prediction. Then it becomes the next input: `xt = yt_pred`.",
        "Where `choose` is given the next input is `choose(yt_pred)` instead. What you keep is yt_pred all the same.",
        f"At the end `y_pred = np.array(predictions)`, and the caches are `{CACHES}`: the states, the predictions, "
        "and the list of what each step returned.",
    ),
    misconceptions=(
        mistake(
            "x_at_every_step", _feeds("x"),
            "x goes in at every step. One-to-many has one input, for the first step; from then on the network reads "
            "what it has just predicted.", "one-to-many"),
        mistake(
            "zeros_after_the_first_step", _feeds("np.zeros_like(x)"),
            "After the first step the network reads zeros. It reads its own prediction: without it, it does not know "
            "what it has just said.", "one-to-many"),
        mistake(
            "x_never_read", _wrong((BEGIN, BEGIN.replace("= x,", "= np.zeros_like(x),"))),
            "The first step reads zeros, and x is never used. x is the input of the first step.", "one-to-many"),
        mistake(
            "state_not_carried", _wrong((STEP, STEP.replace("state, caches", "_, caches"))),
            "Every step starts from a0: the state is not handed on, so the network forgets each step at once. Give the "
            "last state of a step to the next one.", "one-to-many"),
        mistake(
            "state_fed_back", _feeds("a[0]"),
            "You feed back the state. The next input is the prediction ŷ^<t>; the state goes on by its own way.",
            "one-to-many"),
        mistake(
            "scores_fed_back", _feeds('parameters["Wya"] @ a[0] + parameters["by"]'),
            "You feed back the scores, before the softmax. The next input is the prediction, after it.", "one-to-many"),
        mistake(
            "always_the_likeliest", _feeds("likeliest(yt_pred)"),
            "You always feed back the likeliest token. Without `choose` the prediction itself goes back, as it is; "
            "choosing is the caller's affair.", "choosing"),
        mistake(
            "choose_ignored", _feeds("yt_pred"),
            "`choose` is not used. Where it is given it makes the next input: `choose(yt_pred)`.", "choosing",
            _feeds("yt_pred if choose is None else likeliest(yt_pred)")),
        mistake(
            "none_called", _feeds("choose(yt_pred)"),
            "Without `choose`, which is None then, the prediction itself goes back; you call None. Ask `if choose is "
            "None` first.", "choosing", _feeds("yt_pred if choose is not None else choose(yt_pred)")),
        mistake(
            "input_chosen", _feeds("yt_pred if choose is None else choose(xt)"),
            "You choose from the input of the step. `choose` makes the next input of the *prediction*: "
            "`choose(yt_pred)`.", "choosing"),
        mistake(
            "first_input_chosen", _wrong((BEGIN, BEGIN + "\n    xt = x if choose is None else choose(x)")),
            "You choose also from x, before the first step. The first input is x as it is; only predictions are chosen "
            "from.", "choosing"),
        mistake(
            "chosen_twice", _feeds("yt_pred if choose is None else choose(choose(yt_pred))"),
            "You choose twice in a step. Once: what `choose` gave is the next input.", "choosing"),
        mistake(
            "x_added_to_the_prediction", _feeds("x + (yt_pred if choose is None else choose(yt_pred))"),
            "You add x to what is fed back. x goes in once, in the first step; from then on the input is the "
            "prediction alone.", "one-to-many", _feeds("xt + (yt_pred if choose is None else choose(yt_pred))")),
        mistake(
            "choice_kept_for_the_prediction",
            _wrong((KEEP, "predictions.append(yt_pred if choose is None else choose(yt_pred))")),
            "You keep what was chosen. y_pred has the predictions, the probabilities; what was chosen is only the next "
            "input.", "choosing",
            _wrong((KEEP, "yt_pred = yt_pred if choose is None else choose(yt_pred)\n        " + KEEP),
                   (FEED, "xt = yt_pred")),
            _wrong((KEEP, "yt_pred = yt_pred if choose is None else choose(yt_pred)\n        " + KEEP))),
        mistake(
            "no_axis_of_time", _wrong((STEP, STEP.replace("[np.newaxis]", ""))),
            "A cell reads a sequence, and gets a single step, (n_y, m). `xt[np.newaxis]` puts an axis of time in front "
            "of it: a sequence of one step.", "the-cell"),
        mistake(
            "axis_of_time_behind", _wrong((STEP, STEP.replace("[np.newaxis]", "[..., np.newaxis]"))),
            "The axis of time stands last. It is the first in this book: `xt[np.newaxis]` makes (1, n_y, m).",
            "the-cell", _wrong((STEP, STEP.replace("[np.newaxis]", "[:, np.newaxis]")))),
        mistake(
            "results_of_the_cell_exchanged", _wrong((STEP, STEP.replace("state, caches", "caches, state"))),
            "You hand on the caches for the state. `cell.forward` returns three things in this order: a, last_state, "
            "caches.", "the-cell"),
        mistake(
            "axis_of_time_kept", _wrong((OUTPUT, OUTPUT.replace("a[0]", "a"))),
            "The cell gives the states of a sequence, here of one step: `a` is (1, n_a, m). The prediction needs the "
            "state itself, `a[0]`.", "the-cell"),
        mistake(
            "x_for_a_prediction", _wrong((BEGIN, BEGIN.replace("[], [], []", "[], [x], []"))),
            "x stands in front of the predictions, so there are T_y + 1. x is given, not predicted.", "one-to-many",
            _wrong((LOOP, "for _ in range(T_y - 1):"), (BEGIN, BEGIN.replace("[], [], []", "[], [x], []")))),
        mistake(
            "one_step_too_many", _wrong((LOOP, "for _ in range(T_y + 1):")),
            "Your sequence has one step too many: `range(T_y)` has T_y steps, from 0 to T_y - 1.", "one-to-many"),
        mistake(
            "one_step_too_few", _wrong((LOOP, "for _ in range(T_y - 1):")),
            "Your sequence has one step too few: `range(T_y)` has T_y steps. The first prediction is made from x.",
            "one-to-many"),
        mistake(
            "only_the_last_prediction", _wrong((RESULT, "y_pred = yt_pred")),
            "You return the last prediction alone. The sequence is wanted: one prediction for each step.",
            "one-to-many"),
        mistake(
            "return_in_the_loop",
            _wrong((FEED, FEED + f"\n        y_pred = np.array(predictions)\n        return y_pred, {CACHES}"),
                   (RESULT + f"\n    return y_pred, {CACHES}", "return None")),
            "`return` stands inside the loop and ends it after the first step. It belongs behind the loop.",
            "one-to-many"),
        mistake(
            "all_steps_the_first",
            _wrong((LOOP, "a, state, caches = cell.forward(xt[np.newaxis], state, parameters)\n    " + LOOP),
                   ("        " + STEP + "\n", "")),
            "The step of the cell stands before the loop, so all predictions are the first one.", "one-to-many"),
        mistake(
            "time_not_first", _wrong((RESULT, "y_pred = np.stack(predictions, axis=-1)")),
            "Time is the last axis of y_pred. In this book it is the first: (T_y, n_y, m).", "one-to-many",
            _wrong((RESULT, "y_pred = np.stack(predictions, axis=1)"))),
        mistake(
            "steps_stuck_together", _wrong((RESULT, "y_pred = np.concatenate(predictions)")),
            "The predictions are joined along the classes. `np.array(predictions)`, or `np.stack`, gives them an axis "
            "of time of their own.", "one-to-many"),
        mistake(
            "starts_from_zero_state",
            _wrong((BEGIN, BEGIN.replace("a0", "cell.zero_state(parameters, x.shape[1])"))),
            "Your cell starts from zeros. Mostly a^<0> is zero, but it is an argument, and a decoder starts from what "
            "its encoder has read: start from a0.", "the-cell"),
        mistake(
            "memory_of_an_lstm_lost", _wrong((OUTPUT, "state = a[0]\n        " + OUTPUT)),
            "You hand on `a[0]`. For a basic RNN that is the state; an LSTM, in chapter 10, has a memory c besides, "
            "and it is lost. Hand on the second result of `cell.forward`.", "the-cell"),
        mistake(
            "always_the_basic_rnn", _wrong(("cell.forward(", "RNN.forward(")),
            "Your function is right for the basic RNN and runs it always. It is given a `cell`: call `cell.forward`, "
            "and it works with a GRU and an LSTM too.", "the-cell"),
        *mistakes_in_the_output(one_to_many_forward, OUTPUT, "a[0]", "one-to-many"),
        mistake(
            "caches_in_another_order", _wrong((CACHES, "(y_pred, np.array(outputs), steps, choose, parameters, cell)")),
            "The caches have another order. They are `(a, y_pred, steps, choose, parameters, cell)`: the way back "
            "unpacks them so.", "the-cell",
            _wrong((CACHES, "(np.array(outputs), steps, y_pred, choose, parameters, cell)")),
            _wrong((CACHES, "(np.array(outputs), y_pred, steps, parameters, choose, cell)"))),
        mistake(
            "caches_incomplete", _wrong((CACHES, "steps")),
            f"Your second result is not all that the way back needs. It is the tuple `{ORDER}`.", "the-cell",
            _wrong((CACHES, "(np.array(outputs), steps, parameters, cell)")),
            _wrong((CACHES, "(np.array(outputs), caches, parameters, cell)")), _wrong((CACHES, "caches")),
            _wrong((CACHES, "(np.array(outputs), y_pred, caches, choose, parameters, cell)")),
            _wrong((CACHES, "()")), _wrong((CACHES, "None")), _wrong((CACHES, "np.array(outputs)")),
            _wrong((CACHES, CACHES.replace(", cell)", ")"))), _wrong((CACHES, CACHES.replace("choose", "None")))),
        mistake(
            "states_before_the_steps",
            _wrong((CACHES, CACHES.replace("outputs", "[a0[0] if isinstance(a0, tuple) else a0, *outputs[:-1]]"))),
            "The states in your caches are one step late: a0 stands in front, and the last is missing. `a` holds the "
            "state *after* each step.", "the-cell"),
        mistake(
            "caches_left_out", _wrong((f"return y_pred, {CACHES}", "return y_pred")),
            f"Your function returns y_pred alone. Two results are wanted: y_pred, and the caches `{ORDER}`.",
            "one-to-many"),
        mistake(
            "results_swapped", _wrong((f"return y_pred, {CACHES}", f"return {CACHES}, y_pred")),
            "The results come in the other order: first y_pred, then the caches.", "one-to-many"),
    ),
)
