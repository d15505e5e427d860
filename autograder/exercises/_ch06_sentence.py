"""Exercise sentence_log_probability of chapter 6."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, different_sizes, intact
from autograder.exercises._ch06_tokenize import CHAPTER, mistake
from autograder.exercises.inputs import rnn_parameters, sizes_for
from solutions import rnn_forward, sentence_log_probability

LONG = 320  # tokens: their probability is far below the smallest number of 64 bits

# --- wrong functions -------------------------------------------------------------------------------------------

X = "x[1:] = y[:-1]"
A0 = 'a0 = np.zeros((len(parameters["Waa"]), 1))'
FORWARD = "_, y_pred, _ = rnn_forward(x, a0, parameters)"
CHOSEN = "of_the_tokens = y_pred[np.arange(len(indices)), indices, 0]"
RETURN = "return np.sum(np.log(of_the_tokens)).item()"


def _wrong(*replacements):
    return Patched(sentence_log_probability, *replacements)


def _x(new):
    return _wrong((X, new))


def _chosen(new):
    return _wrong((CHOSEN, "of_the_tokens = " + new))


def _return(new):
    return _wrong((RETURN, "return " + new))


def _feeding_back(what):
    """Take one step after the other, and feed back something made of the prediction."""
    return _wrong((FORWARD, "from solutions import rnn_cell_forward\n    a, y_pred = a0, np.zeros_like(y)\n"
                            "    for t in range(len(x)):\n"
                            "        a, now, _ = rnn_cell_forward(x[t], a, parameters)\n        y_pred[t] = now\n"
                            f"        x[t + 1:t + 2] = {what}"))


def _a_case(rng, n, label, scale=0.9):
    indices = rng.integers(n["n_x"], size=n["T_x"]).tolist()
    if n["T_x"] > 3:
        indices[0], indices[-1] = 1, 2
    return Case((indices, rnn_parameters(rng, n["n_x"], n["n_a"], n["n_x"], scale)), n, label)


def _cases(rng):
    sizes = [*sizes_for(rng, "T_x n_x n_a", {"T_x": 1}), ("n_x = n_a", {"T_x": 7, "n_x": 5, "n_a": 5})]
    cases = [_a_case(rng, n, label) for label, n in sizes]
    long = {"T_x": LONG, **different_sizes(rng, "n_x n_a", low=12, high=15)}
    # Small weights: with large ones a long run is chaotic, and 32 bits would not be enough.
    return [*cases, _a_surprise(rng), _a_case(rng, long, "a sentence of many tokens", scale=0.3)]


def _a_surprise(rng):
    """Draw a sentence with a token of which the model is nearly sure that it does not come: its probability is 1e-11.

    That is below what people add before a logarithm, 1e-8 or 1e-10, and above what changes nothing in 64 bits.
    """
    n = {"T_x": 6, "n_x": 9, "n_a": 4}
    parameters = rnn_parameters(rng, n["n_x"], n["n_a"], n["n_x"], scale=0.9)
    before, token, *behind = rng.permutation(n["n_x"])[:n["T_x"]].tolist()
    x = np.zeros((2, n["n_x"], 1))
    x[1, before] = 1
    p = rnn_forward(x, np.zeros((n["n_a"], 1)), parameters)[1][1, token, 0]
    parameters["by"][token] += np.log(1e-11) - np.log(p / (1 - p))
    return Case(([before, token, *behind], parameters), n, "a token that is hardly possible")


SENTENCE_LOG_PROBABILITY = Exercise(
    id="sentence_log_probability",
    chapter=CHAPTER,
    reference=sentence_log_probability,
    cases=_cases,
    parts=(Part("log-probability", 18, Array("", kinds="fiu")), intact(2)),
    uses=("one_hot", "rnn_forward", "rnn_cell_forward"),
    hints=(
        "First the inputs, as in training: x[0] is a column of zeros, x[t] the one-hot column of the token before.",
        "One run of `rnn_forward` from a0 = 0 gives all predictions. y_pred[t] has a probability for every token of "
        "the vocabulary; you need that of the token which stands at t, `y_pred[t, indices[t], 0]`.",
        "The probability of the sentence is the product of these numbers. The logarithm of a product is the sum of the "
        "logarithms: take `np.log` of each and add them up.",
        "With `one_hot(indices, n_x)` as y, x is y one step later. The number n_x is that of the columns of Wax.",
    ),
    misconceptions=(
        mistake(
            "multiplied_until_nothing_is_left", _return("np.log(np.prod(of_the_tokens)).item()"),
            "You multiply the probabilities and take the logarithm at the end. For a long sentence the product is too "
            "small for a computer: it becomes 0, and its logarithm minus infinity. Add the logarithms.",
            "log-probabilities",
            _return("np.log(np.prod(of_the_tokens) + 1e-300).item()"),
            _return("np.log(max(np.prod(of_the_tokens), 1e-300)).item()"),
            _return("np.log(np.prod(of_the_tokens) + np.finfo(float).tiny).item()")),
        mistake(
            "product_for_its_logarithm", _return("np.prod(of_the_tokens).item()"),
            "This is the probability itself. Wanted is its logarithm: the probability of a long sentence is too small "
            "for a computer.", "log-probabilities", _return("np.exp(np.sum(np.log(of_the_tokens))).item()")),
        mistake(
            "probabilities_added", _return("np.sum(of_the_tokens).item()"),
            "You add up the probabilities. That all tokens come one after the other has the product of their "
            "probabilities; so their logarithms are added.", "chain-rule",
            _return("np.log(np.sum(of_the_tokens)).item()"), _return("np.mean(of_the_tokens).item()"),
            _return("np.log(np.mean(of_the_tokens)).item()")),
        mistake(
            "small_number_added", _return("np.sum(np.log(of_the_tokens + 1e-8)).item()"),
            "A small number is added before the logarithm, or a floor put under the probability. Then no token can be "
            "a greater surprise than that number, here 1e-8 or so; take the logarithm as it is.", "log-probabilities",
            *(_return(f"np.sum(np.log({what})).item()") for what in (
                "of_the_tokens + 1e-7", "of_the_tokens + 1e-9", "of_the_tokens + 1e-10", "of_the_tokens + 1e-12",
                "np.maximum(of_the_tokens, 1e-8)", "np.maximum(of_the_tokens, 1e-10)",
                "np.maximum(of_the_tokens, 1e-7)", "np.maximum(of_the_tokens, 1e-9)"))),
        mistake(
            "end_added_again", _wrong(("y = one_hot(", "indices = [*indices, indices[-1]]\n    y = one_hot(")),
            "You put another token behind the sentence. Its end stands in `indices` already: nothing is to be added.",
            "end-of-sentence",
            *(_wrong(("y = one_hot(", f"indices = [*indices, {token}]\n    y = one_hot("))
              for token in ('parameters["Wax"].shape[1] - 1', 'parameters["Wax"].shape[1] - 2', "0"))),
        mistake(
            "perplexity_at_once", _return("np.exp(-np.mean(np.log(of_the_tokens))).item()"),
            "This is the perplexity of the sentence, which comes in the next exercise. Here its log-probability is "
            "wanted: the sum of the logarithms.", "log-probabilities"),
        mistake(
            "vocabulary_of_the_wrong_size",
            _wrong(('parameters["Wax"].shape[1]', 'parameters["Wax"].shape[0]')),
            "The size of the vocabulary is the number of *columns* of W_ax: it has one row for each unit of the state, "
            "and one column for each token.", "inputs-and-targets",
            _wrong(('parameters["Wax"].shape[1]', "len(indices)")), _wrong(('parameters["Wax"].shape[1]',
                                                                            "max(indices) + 1"))),
        mistake(
            "mean_for_sum", _return("np.mean(np.log(of_the_tokens)).item()"),
            "You take the mean over the tokens. The logarithm of the whole sentence's probability is the sum; the mean "
            "is for the perplexity.", "chain-rule"),
        mistake(
            "sign_turned", _return("-np.sum(np.log(of_the_tokens)).item()"),
            "The sign is turned round. The logarithm of a probability is negative; it is the loss that has a minus.",
            "log-probabilities", _return("-np.mean(np.log(of_the_tokens)).item()")),
        mistake(
            "another_base", _return("np.sum(np.log2(of_the_tokens)).item()"),
            "This is a logarithm to another base. The course takes the natural one, np.log.", "log-probabilities",
            _return("np.sum(np.log10(of_the_tokens)).item()")),
        mistake(
            "sees_what_it_predicts", _x("x = y"),
            "The network is shown the token that it has to predict. The input of step t is the token before, and the "
            "first input is zero: x^<t> = y^<t-1>.", "inputs-and-targets",
            _x("x[1:] = y[1:]")),
        mistake(
            "first_token_given", _wrong((CHOSEN, "of_the_tokens = y_pred[np.arange(1, len(indices)), indices[1:], 0]")),
            "The first token is not counted. The first step, with x^<1> = 0, predicts it: P(y^<1>) is a factor like "
            "the others.", "chain-rule",
            _wrong((X, "x = y"), (CHOSEN, "of_the_tokens = y_pred[np.arange(len(indices) - 1), indices[1:], 0]")),
            _wrong((X, "x, indices = y[:-1], indices[1:]"))),
        mistake(
            "of_the_tokens_behind", _chosen("y_pred[np.arange(len(indices) - 1), indices[1:], 0]"),
            "At step t you read the probability of the token behind. The inputs are late by one step already, so "
            "y_pred[t] is the prediction of the token that stands at t: `y_pred[t, indices[t], 0]`.",
            "inputs-and-targets"),
        mistake(
            "summed_over_time", _chosen("np.sum(y_pred * y, axis=0)"),
            "You sum over time before the logarithm. In each step one entry is not zero, the right token's: take it "
            "out with a sum over the vocabulary, axis 1.", "chain-rule"),
        mistake(
            "last_token_left_out",
            _wrong((CHOSEN, "of_the_tokens = y_pred[np.arange(len(indices) - 1), indices[:-1], 0]")),
            "The last token is not counted. It is \"<EOS>\" mostly, and that the sentence ends there has a probability "
            "as well.", "chain-rule"),
        mistake(
            "nothing_fed_in", _x("pass"),
            "All inputs are zero, so the model does not know which tokens came. Only the first input is: from then on "
            "it is the one-hot column of the token before.", "inputs-and-targets"),
        mistake(
            "fed_in_the_wrong_way", _x("x[:-1] = y[1:]"),
            "The input of a step is the token after it. A model sees what has been: x^<t> = y^<t-1>.",
            "inputs-and-targets"),
        mistake(
            "begins_with_the_end", _x("x = np.roll(y, 1, axis=0)"),
            "Your first input is the last token of the sentence: `np.roll` brings it round, and so does the index -1. "
            "x^<1> = 0: there is no token yet.", "inputs-and-targets",
            _x("x[1:] = y[:-1]\n    x[0] = y[-1]")),
        mistake(
            "begins_with_a_token", _wrong((X, "x[1:] = y[:-1]\n    x[0, 0] = 1")),
            "Your first input names a token. x^<1> = 0, a column of zeros, says that there is none yet.",
            "inputs-and-targets",
            _wrong((X, "x[1:] = y[:-1]\n    x[0] = 1")), _wrong((X, "x[1:] = y[:-1]\n    x[0, -1] = 1"))),
        mistake(
            "own_guess_fed_in",
            _feeding_back("(now == now.max()).astype(float)"),
            "You feed back what the model finds likeliest. That is for writing a new sentence. Here a sentence is "
            "given, and the next input is the token that really stands there.", "inputs-and-targets"),
        mistake(
            "prediction_fed_in",
            _feeding_back("now"),
            "You feed back the whole prediction ŷ. The next input is the token that really stands there, as a one-hot "
            "column.", "inputs-and-targets"),
        mistake(
            "state_not_handed_on",
            _wrong((FORWARD, "y_pred = np.stack([rnn_forward(step[np.newaxis], a0, parameters)[1][0] for step in x])")),
            "Each step starts from a^<0> = 0 again, so the model knows only the token before. Hand the state on from "
            "step to step.", "chain-rule"),
        mistake(
            "another_first_state", _wrong((A0, 'a0 = np.ones((len(parameters["Waa"]), 1))')),
            "Your first state is not zero. The model is trained from a^<0> = 0.", "inputs-and-targets",
            _wrong((A0, 'a0 = parameters["ba"]')),
            _wrong((A0, 'a0 = np.random.default_rng(0).standard_normal((len(parameters["Waa"]), 1))'))),
        mistake(
            "of_the_likeliest_tokens", _chosen("y_pred.max(axis=1)[:, 0]"),
            "You take the largest probability of each step. Wanted is that of the token which stands in the sentence, "
            "likely or not: y_pred[t, indices[t], 0].", "chain-rule"),
        mistake(
            "of_the_tokens_before",
            _chosen("y_pred[np.arange(1, len(indices)), indices[:-1], 0] if len(indices) > 1 else "
                    "y_pred[:, indices, 0]"),
            "At step t you read the probability of the token before, the one that just went in. Read that of the token "
            "which stands at t.", "chain-rule",
            _chosen("y_pred[np.arange(1, len(indices)), indices[:-1], 0]"),
            _chosen("y_pred[np.arange(len(indices)), [0, *indices[:-1]], 0]"),
            _chosen("y_pred[np.arange(len(indices)), [indices[-1], *indices[:-1]], 0]")),
        mistake(
            "of_the_whole_vocabulary", _return("np.sum(np.log(y_pred)).item()"),
            "You add the logarithms of all probabilities. Only those of the tokens that stand in the sentence count: "
            "one for each step.", "chain-rule"),
        mistake(
            "one_number_for_each_token", _return("np.log(of_the_tokens)"),
            "These are the logarithms of the single tokens. The sentence has one number: their sum.", "chain-rule",
            _return("np.cumsum(np.log(of_the_tokens))"), _return("of_the_tokens"),
            _return("np.cumprod(of_the_tokens)"), _return("np.log(of_the_tokens)[:, np.newaxis]"),
            _return("of_the_tokens[:, np.newaxis]")),
        mistake(
            "softmax_once_more",
            _wrong((FORWARD, FORWARD + "\n    e = np.exp(y_pred)\n    y_pred = e / e.sum(axis=1, keepdims=True)")),
            "The predictions go through a softmax again. They are probabilities already, and a second softmax makes "
            "them nearly equal.", "chain-rule"),
        mistake(
            "last_step_only", _return("np.log(of_the_tokens[-1]).item()"),
            "Only one token is counted. Every step has a factor: add their logarithms (+=), and return after the "
            "loop.", "chain-rule", _return("np.log(of_the_tokens[0]).item()")),
        mistake(
            "one_minus_the_probability", _return("np.sum(np.log(1 - of_the_tokens)).item()"),
            "You take the probabilities of the other tokens, 1 - ŷ. What came is the token itself: log ŷ.",
            "chain-rule",
            _return("np.sum(y * np.log(y_pred) + (1 - y) * np.log(1 - y_pred)).item()")),
    ),
)
