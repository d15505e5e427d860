"""What cannot be drawn is refused with the argument's name and what it must be."""

import numpy as np
import pytest

import drawing

HALVES, TWO = [0.5, 0.5], ["a", "b"]

REFUSED = {
    "steps as a float": (lambda: drawing.forward_flow(3.0), "steps is 3.0"),
    "too many steps": (lambda: drawing.backward_flow(9), "steps is 9; it must be an integer from 2 to 4"),
    "a window as long as the sequence": (lambda: drawing.truncated_bptt(4, 4), "window is 4"),
    "one token only": (lambda: drawing.sampling_loop(["<EOS>"]), "tokens has 1 elements"),
    "a token too long": (lambda: drawing.sampling_loop(["Brontosaurus", "<EOS>"]), "Brontosaurus"),
    "five words": (lambda: drawing.bidirectional_rnn(["a"] * 5), "room for 2 to 4"),
    "a token that is no string": (lambda: drawing.language_model([1, 2]), "tokens holds 1"),
    "four layers": (lambda: drawing.deep_rnn(4), "layers is 4; it must be an integer from 2 to 3"),
    "no steps": (lambda: drawing.deep_rnn(3, steps=0), "steps is 0"),
    "five steps back": (lambda: drawing.deep_rnn_gradients(3, steps=5), "steps is 5"),
    "negative norms": (lambda: drawing.gradient_flow({"RNN": [1, -1]}), r"norms\['RNN'\] holds a negative number"),
    "norms that are NaN": (lambda: drawing.gradient_flow([1, np.nan]), "NaN or infinity"),
    "norms of rank two": (lambda: drawing.gradient_flow(np.ones((2, 3))), r"shape \(2, 3\)"),
    "norms that are words": (lambda: drawing.gradient_flow(["a"]), "must hold numbers only"),
    "norms that are all zero": (lambda: drawing.gradient_flow([0, 0]), "use log=False"),
    "marks that are no pairs": (lambda: drawing.gradient_flow([1, 2], marks={"you": [1, 2]}), "2 axes"),
    "a factor above one": (lambda: drawing.fading_gradient(factor=1.5), "factor is 1.5"),
    "eight words": (lambda: drawing.fading_gradient(["a"] * 8), "room for 3 to 7"),
    "a gradient of three numbers": (lambda: drawing.clipped_gradients((1, 2, 3)), "two numbers"),
    "a gradient of zero": (lambda: drawing.clipped_gradients((0, 0)), "not both 0"),
    "a limit of zero": (lambda: drawing.clipped_gradients((1, 2), 0), "limit is 0.0"),
    "no lines": (lambda: drawing.learning_curves({}), "curves has 0 lines"),
    "an empty line": (lambda: drawing.learning_curves({"loss": []}), r"shape \(0,\)"),
    "a line that begins with NaN": (lambda: drawing.learning_curves([np.nan, 1]), "begins with nan"),
    "places and values of two lengths": (lambda: drawing.learning_curves({"loss": ([1, 2], [1])}), "2 places and 1"),
    "two probabilities for three tokens": (lambda: drawing.distribution_bars(HALVES, [*TWO, "c"]), "equal in number"),
    "probabilities with sum 2": (lambda: drawing.distribution_bars([1, 1], TWO), "the sum is 2"),
    "a negative probability": (lambda: drawing.distribution_bars([1.5, -0.5], TWO), "none negative"),
    "a choice that is no index": (lambda: drawing.distribution_bars(HALVES, TWO, chosen=2), "chosen is 2"),
    "six temperatures": (lambda: drawing.temperature_bars(dict.fromkeys(range(6), HALVES), TWO), "6 temperatures"),
    "a word without a place": (lambda: drawing.next_words(["a", "z"], [HALVES, HALVES], TWO), "holds 'z'"),
    "nine steps": (lambda: drawing.next_words(["a"] * 9, [HALVES] * 9, TWO), "room for 2 to 8"),
    "one prediction for two words": (lambda: drawing.next_words(TWO, [HALVES], TWO), "a row for each token"),
    "next words with sum 2": (lambda: drawing.next_words(TWO, [[1, 1], HALVES], TWO), "the sum of each row 1"),
    "one word shown": (lambda: drawing.next_words(TWO, [HALVES, HALVES], TWO, shown=1), "shown is 1"),
    "no score": (lambda: drawing.score_bars({}), "scores is empty"),
    "a negative score": (lambda: drawing.score_bars({"RNN": -1}), r"scores\['RNN'\] is -1.0"),
    "a label without end": (lambda: drawing.score_bars({"RNN" * 40: 1}), "the figure has room for 4"),
    "activations of rank one": (lambda: drawing.activation_heatmap([1, 2], TWO), "2 axes"),
    "activations for other tokens": (lambda: drawing.activation_heatmap(np.ones((3, 4)), TWO), "4 columns"),
    "units for other rows": (lambda: drawing.activation_heatmap(np.ones((3, 2)), TWO, units=["u"]), "3 rows"),
    "limits turned round": (lambda: drawing.activation_heatmap(np.ones((3, 2)), TWO, limits=(1, -1)), "limits is"),
    "a matrix that is not square": (lambda: drawing.confusion_matrix(np.ones((2, 3)), TWO), "square"),
    "a negative count": (lambda: drawing.confusion_matrix([[1, -1], [0, 1]], TWO), "negative"),
    "labels for other tokens": (lambda: drawing.tagged_sentence(TWO, [1]), "predicted has 1 labels"),
    "a label without a name": (lambda: drawing.tagged_sentence(TWO, [0, 2]), "from 0 to 1"),
    "half a label": (lambda: drawing.tagged_sentence(TWO, [0, 1], [0, 0.5]), "truth is"),
    "no tokens": (lambda: drawing.tagged_sentence([], []), "must be equal, and not 0"),
    "a token wider than the page": (lambda: drawing.tagged_sentence(["W" * 60], [0]), "wider than the figure"),
    "a spectrum with other labels": (lambda: drawing.spectrum(np.ones((3, 4)), TWO), "3 steps and labels has 2"),
    "a note that is none": (lambda: drawing.melody(["C4:2", "H4:2"]), "notes holds 'H4:2'"),
    "no notes": (lambda: drawing.melody([]), "notes holds nothing"),
    "a long film": (lambda: drawing.film(np.ones((25, 2, 2))), "frames has 25 frames"),
    "labels for other bases": (lambda: drawing.genome("ACG", [0, 1]), "2 labels and sequence has 3 bases"),
    "a kind of gene without a name": (lambda: drawing.genome("AC", [0, 3]), "truth holds a label that is no integer"),
    "an empty alt text": (lambda: drawing.show(drawing.rnn_cell(), alt=" "), "alt is ' '"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_is_refused(case):
    call, message = REFUSED[case]
    with pytest.raises(ValueError, match=message):
        call()


def test_show_refuses_what_is_no_drawing():
    with pytest.raises(TypeError, match="figure is a str"):
        drawing.show("rnn_cell", alt="One step of an RNN.")
