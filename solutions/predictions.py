"""Predictions: what an experiment will show, said before it is run."""

__all__ = ["predict_gradient_flow"]


def predict_gradient_flow():
    r"""Say how the gradient will flow, before you look.

    A basic RNN runs over 60 steps. Its :math:`W_{aa}` is a rotation times a number r, which makes every
    vector r times as long. The loss reads the last state alone, and there the gradient has the norm 1.

    Returns
    -------
    dict
        "radius 0.9" : float
            The norm of the gradient 50 steps before the last one, where r = 0.9 and every slope of tanh is 1.
        "radius 1.1" : float
            The same where r = 1.1.
        "radius 1.1, slope 0.5" : float
            The same where r = 1.1 and every slope of tanh is 0.5.
        "dWaa" : str
            The gradient at the first steps has vanished. The gradient of the weights :math:`W_{aa}`, which all
            steps share, then "vanishes" too, is made by the "last steps" alone, or by "all steps" alike.
        "shows itself" : str
            Which of the two a training run shows without being asked: "vanishing" or "exploding".
        Numbers count as right within 5 %; they may be computed.

    Notes
    -----
    Section 8 of the notes.
    """
    return {
        "radius 0.9": 0.9**50,  # one factor for each step back
        "radius 1.1": 1.1**50,
        "radius 1.1, slope 0.5": (1.1 * 0.5) ** 50,  # a step multiplies by both
        "dWaa": "last steps",  # a sum over the steps: the early ones add next to nothing
        "shows itself": "exploding",  # as NaN; vanishing looks like a network that has learned all it can
    }
