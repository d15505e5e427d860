"""Exercise sample_sequence of chapter 7."""

from autograder.engine import Exercise, Patched
from autograder.exercises import _ch07_sequence_cases as cases
from autograder.exercises.mistakes import mistakes_in
from solutions import sample_sequence

CHAPTER = "07_sampling"
_mistake = mistakes_in(CHAPTER)

# --- wrong functions -------------------------------------------------------------------------------------------

END = 'end = vocabulary.get("<EOS>")'
BEGIN_X = 'x = np.zeros((len(vocabulary), 1), dtype=parameters["Wax"].dtype)'
BEGIN_A = 'a = np.zeros((len(parameters["Waa"]), 1), dtype=parameters["Waa"].dtype)'
LOOP = "while len(indices) < max_length:"
STEP = "a, probabilities, _ = rnn_cell_forward(x, a, parameters)"
DRAW = "index = sample_token(probabilities, rng)"
KEEP = "indices.append(index)"
BREAK = "if index == end:\n            break"
CLEAR = "x = np.zeros_like(x)"
FEED = "x[index] = 1"
RETURN = "return indices"


def _wrong(*replacements):
    return Patched(sample_sequence, *replacements)


def _added(when, what):
    return _wrong((RETURN, f"if {when}:\n        indices.append({what})\n    return indices"))


SAMPLE_SEQUENCE = Exercise(
    id="sample_sequence",
    chapter=CHAPTER,
    reference=sample_sequence,
    cases=cases.draw,
    parts=cases.PARTS,
    uses=("sample_token", "rnn_cell_forward", "rnn_forward"),
    hints=(
        "Before the loop: x and a are columns of zeros, x with one row for each token of the vocabulary, a with one "
        "row for each unit (how many rows has W_aa?). The list is empty.",
        "In the loop, four things in this order: one step of the network, draw a token, append it, stop if it is the "
        "end token. What is left is to make the next x.",
        "The next x is a new column of zeros with a single 1, in the row of the token that was drawn. The next a is "
        "the one that the step returned.",
        "`vocabulary.get(\"<EOS>\")` gives the index of the end token, and None where there is none. And the loop "
        "must end by itself after `max_length` tokens.",
    ),
    misconceptions=(
        _mistake(
            "always_the_likeliest", _wrong((DRAW, "index = int(np.argmax(probabilities))")),
            "You always take the likeliest token, so the model writes the same sequence for ever. Draw from the "
            "prediction: `sample_token(probabilities, rng)`.", "drawing-a-token"),
        _mistake(
            "uniform_sequence", _wrong((DRAW, "index = int(rng.integers(len(vocabulary)))")),
            "All tokens come up equally often, or nearly so, whatever the model says. Draw from its prediction as it "
            "is, `sample_token(probabilities, rng)`: not without it, and not after a second softmax.",
            "drawing-a-token",
            _wrong((DRAW, "index = sample_token(softmax(probabilities), rng)"))),
        _mistake(
            "x_not_updated", _wrong((CLEAR, "pass"), (FEED, "pass")),
            "The token that was drawn never becomes the next input: x stays zero, as at the first step. From the "
            "second step on x^<t> is the one-hot column of the token before.", "feeding-back"),
        _mistake(
            "x_not_cleared", _wrong((CLEAR, "pass")),
            "x is not cleared: it collects a 1 for every token so far. Begin each time with a new column of zeros, so "
            "that a single 1 stands in it.", "feeding-back"),
        _mistake(
            "a_not_updated", _wrong((STEP, "_, probabilities, _ = rnn_cell_forward(x, a, parameters)")),
            "The state is not handed on: each step starts from a^<0> = 0 again, and the model knows only the token "
            "before. Give the new state to the next step.", "feeding-back"),
        _mistake(
            "prediction_fed_back", _wrong((CLEAR, "x = probabilities"), (FEED, "pass")),
            "You feed back ŷ itself, the whole prediction. The next input is the token that was drawn, as a one-hot "
            "column: otherwise the model never learns which token was chosen.", "feeding-back"),
        _mistake(
            "likeliest_fed_back", _wrong((FEED, "x[int(np.argmax(probabilities))] = 1")),
            "You write down the token that was drawn, but feed back the likeliest one. Both must be the same: what "
            "is fed back is what was drawn.", "feeding-back"),
        _mistake(
            "index_fed_back", _wrong((FEED, "x[index] = index")),
            "The index of the token stands in x as a number. In a one-hot column stands a 1, in the row of that "
            "index, and zeros everywhere else.", "feeding-back",
            _wrong((CLEAR, "x = np.full_like(x, index)"), (FEED, "pass"))),
        _mistake(
            "not_a_column", _wrong((CLEAR, "x = np.zeros(len(vocabulary))")),
            "What you feed back is no column of shape (n_x, 1). It needs a row for each token of the vocabulary, and "
            "an axis for the examples, of which there is one: `np.zeros((n_x, 1))`, then a 1 in row `index`.",
            "feeding-back",
            _wrong((BEGIN_X, "x = np.zeros(len(vocabulary))")),
            _wrong((CLEAR, "x = np.array([[float(index)]])"), (FEED, "pass")),
            _wrong((CLEAR, "x = np.zeros((1, len(vocabulary)))"), (FEED, "x[0, index] = 1"))),
        _mistake(
            "first_input_not_zero", _wrong((BEGIN_X, BEGIN_X + "\n    x[0] = 1")),
            "Your first input is not zero. x^<1> = 0 says: there is no token yet. A one-hot column would name one.",
            "first-step",
            _wrong((BEGIN_X, BEGIN_X + "\n    x[vocabulary.get('<EOS>', 0)] = 1")),
            _wrong((BEGIN_X, BEGIN_X + "\n    x[-1] = 1")),
            _wrong((BEGIN_X, "x = np.ones((len(vocabulary), 1))")),
            _wrong((BEGIN_X, "x = np.full((len(vocabulary), 1), 1 / len(vocabulary))"))),
        _mistake(
            "first_state_not_zero", _wrong((BEGIN_A, 'a = np.ones((len(parameters["Waa"]), 1))')),
            "Your first state is not zero. The model was trained from a^<0> = 0, and so it must begin.", "first-step",
            _wrong((BEGIN_A, 'a = rng.standard_normal((len(parameters["Waa"]), 1))')),
            _wrong((BEGIN_A, 'a = rng.random((len(parameters["Waa"]), 1))')),
            _wrong((BEGIN_A, 'a = parameters["ba"]'))),
        _mistake(
            "one_prediction_for_all",
            _wrong((LOOP, STEP + "\n    " + LOOP), ("        " + STEP + "\n", "")),
            "All tokens are drawn from the first prediction: the step of the network stands before the loop. Take a "
            "step for each token.", "feeding-back"),
        _mistake(
            "no_cap", _wrong((LOOP, "while True:")),
            "Nothing but the end token ends your loop. A model need not draw it for a long time, or ever: stop after "
            "`max_length` tokens too.", "when-to-stop",
            _wrong((LOOP, "while True:"), (END, 'end = vocabulary["<EOS>"]'))),
        _mistake(
            "a_length_of_its_own", _wrong((LOOP, "while len(indices) < 50:")),
            "Your loop ends at a number of its own. How many tokens there may be at most is said by `max_length`, the "
            "argument.", "when-to-stop",
            *(_wrong((LOOP, f"while len(indices) < {length}:")) for length in (20, 30, 100)),
            _wrong((LOOP, "while len(indices) < 50:"), (RETURN, "if len(indices) == 50:\n        indices.append(end)\n"
                                                                "    return indices")),
            _wrong((LOOP, "while len(indices) < 50:"), (RETURN, "if len(indices) == 50 and end is not None:\n        "
                                                                "indices.append(end)\n    return indices"))),
        _mistake(
            "one_token_too_many", _wrong((LOOP, "while len(indices) <= max_length:")),
            "Your sequences can have one token more than `max_length`.", "when-to-stop"),
        _mistake(
            "one_token_too_few", _wrong((LOOP, "while len(indices) < max_length - 1:")),
            "Your sequences end one token before `max_length` is reached.", "when-to-stop"),
        _mistake(
            "end_added_at_the_cap", _added("indices[-1] != end", "end"),
            "Where `max_length` cuts a sequence off, you add an end token that the model did not draw. Leave it as "
            "it is: the list holds what was drawn.", "when-to-stop",
            _added("indices[-1] != end and end is not None", "end"),
            _added("len(indices) == max_length", "end"),
            _added("len(indices) == max_length and end is not None", "end"),
            _added("len(indices) == max_length", "vocabulary['<EOS>']")),
        _mistake(
            "end_token_ignored", _wrong((BREAK, "pass")),
            "Your function goes on after the end token. When \"<EOS>\" is drawn, the sequence is complete.",
            "when-to-stop"),
        _mistake(
            "end_token_left_out", _wrong((f"{KEEP}\n        {BREAK}", f"{BREAK}\n        {KEEP}")),
            "The end token is missing in your list. It was drawn, so it belongs to the sequence: append first, then "
            "stop.", "when-to-stop"),
        _mistake(
            "one_after_the_end", _wrong((BREAK, "if len(indices) > 1 and indices[-2] == end:\n            break")),
            "You stop one token too late: after the end token one more is drawn.", "when-to-stop"),
        _mistake(
            "index_zero_is_false", _wrong((BREAK, "if end and index == end:\n            break")),
            "Index 0 counts as false, so an end token with index 0 never ends the sequence. Ask `end is not None`; or "
            "compare alone, `index == end`: no index is equal to None.", "when-to-stop",
            _wrong((BREAK, "if index and index == end:\n            break")),
            _wrong((END, 'end = vocabulary.get("<EOS>") or -1'))),
        _mistake(
            "end_at_a_fixed_index", _wrong((END, "end = 0")),
            "You stop at a fixed index. Which index the end token has stands in the vocabulary: "
            "`vocabulary.get(\"<EOS>\")`.", "when-to-stop",
            _wrong((END, "end = len(vocabulary) - 1"))),
        _mistake(
            "newline_ends", _wrong((END, 'end = vocabulary.get("\\n")')),
            "You stop at the newline character, as another course does. Here the end token is \"<EOS>\", and a "
            "newline is a character like any other.", "when-to-stop",
            _wrong((END, 'end = vocabulary["\\n"]'))),
        _mistake(
            "end_token_demanded", _wrong((END, 'end = vocabulary["<EOS>"]')),
            "Not every vocabulary has an end token: then `vocabulary[\"<EOS>\"]` is a KeyError. "
            "`vocabulary.get(\"<EOS>\")` gives None instead, and `max_length` alone ends the sequence.",
            "when-to-stop"),
        _mistake(
            "words_for_indices",
            _wrong((RETURN, "return [next(k for k in vocabulary if vocabulary[k] == index) for index in indices]")),
            "You return the tokens themselves. Wanted are their indices: `decode` makes tokens of them.",
            "when-to-stop",
            _wrong((RETURN, "return ''.join(next(k for k in vocabulary if vocabulary[k] == i) for i in indices)"))),
        _mistake(
            "zero_in_front", _wrong(("indices = []", "indices = [0]"), (LOOP, "while len(indices) <= max_length:")),
            "Your list begins with a token that was not drawn. x^<1> = 0 is a column of zeros, no token: the list "
            "begins empty.", "first-step",
            _wrong(("indices = []", "indices = [0]"))),
        _mistake(
            "only_the_last_token", _wrong((RETURN, "return index")),
            "You return the last token alone. Wanted is the list of all tokens that were drawn.", "when-to-stop",
            _wrong((RETURN, "return indices[-1:]"))),
        _mistake(
            "return_in_the_loop", _wrong((BREAK, "break")),
            "Only the first token comes back. Does the return statement stand inside of the loop? Then the function "
            "ends after one token.", "when-to-stop"),
        _mistake(
            "sequence_turned_round", _wrong((RETURN, "return indices[::-1]")),
            "Your list begins with the last token. The tokens stand in the order in which they were drawn: `append` "
            "each of them.", "when-to-stop"),
        _mistake(
            "state_and_prediction_exchanged",
            _wrong((STEP, "probabilities, a, _ = rnn_cell_forward(x, a, parameters)")),
            "`rnn_cell_forward` returns the state first: `a, probabilities, cache`. You draw from the state.",
            "feeding-back",
            _wrong((STEP, "probabilities, a, _ = rnn_cell_forward(x, a, parameters)"),
                   (DRAW, "index = int(rng.choice(len(vocabulary), p=probabilities.ravel()))")),
            _wrong((STEP, "probabilities, a, _ = rnn_cell_forward(x, a, parameters)"),
                   (DRAW, "index = int(rng.choice(len(probabilities), p=probabilities.ravel()))"))),
        _mistake(
            "sequence_seeded_inside", _wrong((END, END + "\n    rng = np.random.default_rng(0)")),
            "Every call gives the same sequence, because a generator is made anew, with a fixed seed, inside of the "
            "function. Use the `rng` that comes in: it goes on from call to call.", "where-chance-comes-from",
            _wrong((DRAW, "index = sample_token(probabilities, np.random.default_rng(0))"))),
        _mistake(
            "sequence_other_generator", _wrong((END, END + "\n    rng = np.random.default_rng()")),
            "Your random numbers do not come from `rng`: the same generator gives another sequence each time. Hand "
            "`rng` on to every draw, and use neither `np.random` nor a generator of your own.",
            "where-chance-comes-from"),
        _mistake(
            "sequence_float32",
            _wrong((DRAW, "index = int(rng.choice(len(vocabulary), p=probabilities.ravel().tolist()))")),
            "In 32 bits a prediction sums to one only nearly, and numpy refuses it. `sample_token` takes care of "
            "that; or make 64-bit numbers of it and divide by their sum.", "drawing-a-token",
            _wrong((DRAW, "index = int(rng.choice(len(vocabulary), p=probabilities.ravel().astype(np.float64)))"))),
    ),
)
