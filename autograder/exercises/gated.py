"""What the chapters of gated units share, GRU and LSTM: comparing a step's cache, and the mistakes at the output."""

from autograder.engine import Array, Group, Patched

OUTPUT = "yt_pred = softmax(Wya @ a_next + by)"
OVERFLOWING = {"sigmoid": "(lambda z: np.exp(z) / (1 + np.exp(z)))",
               "np.tanh": "(lambda z: (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z)))"}


def step_cache(*names):
    """Compare the cache of one step: arrays of the unit with these names, then the input and the parameters."""
    members = [(name, (place,), Array("n_a m")) for place, name in enumerate(names)]
    members.append(("xt", (len(names),), Array("n_x m")))
    members.append(("parameters['Wc']", (len(names) + 1, "Wc"), Array("n_a n_a+n_x")))
    return Group(tuple(members))


def mistakes_at_the_softmax(mistake, reference, anchor):
    """Return the misconceptions about how one step makes its prediction from the state.

    Parameters
    ----------
    mistake : callable
        Makes the misconceptions of a chapter; see :func:`autograder.exercises.mistakes.mistakes_in`.
    reference : callable
        One step of the unit, with the line `OUTPUT`.
    anchor : str
        The passage to read again.
    """
    def output(new):
        return Patched(reference, (OUTPUT, new))

    return (
        mistake(
            "output_bias_missing", output("yt_pred = softmax(Wya @ a_next)"),
            "The bias b_y is missing in the line of the output: softmax(W_ya a^<t> + b_y).", anchor),
        mistake(
            "no_softmax", output("yt_pred = Wya @ a_next + by"),
            "These are scores, not probabilities: the softmax around W_ya a^<t> + b_y is missing.", anchor),
        mistake(
            "sigmoid_for_softmax", output("yt_pred = sigmoid(Wya @ a_next + by)"),
            "The output goes through a sigmoid, so a column does not sum to one. The sigmoid is for gates; with "
            "several classes of which one is right, the output is a softmax.", anchor),
        mistake(
            "softmax_over_examples", output("yt_pred = softmax(Wya @ a_next + by, axis=1)"),
            "Your softmax runs over the examples. It runs over the classes of one example alone (axis 0), so that each "
            "column sums to one.", anchor,
            output("e = np.exp(Wya @ a_next + by - np.max(by))\n    yt_pred = e / e.sum()")),
        mistake(
            "softmax_overflows", output("e = np.exp(Wya @ a_next + by)\n    yt_pred = e / e.sum(axis=0)"),
            "For large scores exp overflows and the quotient is NaN. Subtract the largest score of each column "
            "before exp, or take `softmax` from the library.", anchor),
    )


def mistakes_at_every_softmax(mistake, at_the_end, anchor):
    """Return the misconceptions about how a sequence makes its predictions from the states.

    Parameters
    ----------
    mistake : callable
        Makes the misconceptions of a chapter.
    at_the_end : callable
        Patches the function at hand with lines before its return.
    anchor : str
        The passage to read again.
    """
    return (
        mistake(
            "softmax_over_time", at_the_end("y_pred = softmax(Wya @ a + by, axis=0)"),
            "Your softmax runs along time: it compares the steps with one another. It runs over the n_y classes of one "
            "step and one example (axis 1 of the whole array).", anchor),
        mistake(
            "softmax_over_examples", at_the_end("y_pred = softmax(Wya @ a + by, axis=2)"),
            "Your softmax runs over the m examples. It runs over the n_y classes of one example.", anchor),
        mistake(
            "no_softmax", at_the_end("y_pred = Wya @ a + by"),
            "y_pred holds scores, not probabilities: the softmax is missing.", anchor),
        mistake(
            "output_bias_missing", at_the_end("y_pred = softmax(Wya @ a)"),
            "The bias b_y is missing in every prediction.", anchor),
    )
