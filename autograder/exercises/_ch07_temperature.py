"""Exercise apply_temperature of chapter 7."""

import numpy as np

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises.inputs import equal_sizes, sizes_for
from autograder.exercises.mistakes import mistakes_in
from solutions import apply_temperature

CHAPTER = "07_sampling"
_mistake = mistakes_in(CHAPTER)


def _wrong(new):
    return Patched(apply_temperature, ("softmax(logits / temperature)", new))


def _cases(rng):
    sizes = [*sizes_for(rng, "n_y m", {"m": 1}), equal_sizes("n_y m")]
    warm = [0.5, 2.5, 1.7, 3, 0.7]  # a whole number is a temperature too
    cases = [Case((2 * rng.standard_normal((n["n_y"], n["m"])), t), n, label)
             for (label, n), t in zip(sizes, warm, strict=True)]
    n = sizes[0][1]
    logits = 2 * rng.standard_normal((n["n_y"], n["m"]))
    large = logits + np.linspace(60, -60, n["n_y"])[:, np.newaxis]
    apart = logits + np.linspace(450, -450, n["m"])
    return [*cases, Case((logits, 1.0), n, "temperature = 1"), Case((logits, 0.3), n, "temperature = 0.3"),
            Case((large, 0.05), n, "temperature = 0.05"), Case((apart, 1.0), n, "columns far apart")]


APPLY_TEMPERATURE = Exercise(
    id="apply_temperature",
    chapter=CHAPTER,
    reference=apply_temperature,
    cases=_cases,
    parts=(Part("probabilities", 18, Array("n_y m")), intact(2)),
    hints=(
        "At temperature 1 the result is the plain softmax of the scores. Start there.",
        "A temperature below 1 must make the differences between the scores larger, one above 1 smaller. Which "
        "operation with the temperature does that?",
        "The temperature acts on the scores, before the softmax: each score is divided by it.",
        "`softmax` from `solutions` works down each column, and is safe for scores of any size.",
    ),
    misconceptions=(
        _mistake(
            "temperature_inverted", _wrong("softmax(logits * temperature)"),
            "Your temperature works the wrong way round: you multiply by it. The scores are divided by τ, so that a "
            "low temperature makes the likely tokens likelier still.", "temperature"),
        _mistake(
            "temperature_on_probabilities", _wrong("softmax(softmax(logits) / temperature)"),
            "You divide the probabilities by τ and take a softmax of them. The temperature acts on the scores, before "
            "the one softmax: probabilities all lie between 0 and 1, and the softmax of such numbers is nearly "
            "uniform.", "temperature"),
        _mistake(
            "temperature_after_softmax", _wrong("softmax(logits) / temperature"),
            "You divide the finished probabilities by τ: then they no longer sum to one. Divide the scores, before "
            "the softmax.", "temperature",
            _wrong("softmax(logits) * temperature")),
        _mistake(
            "temperature_without_effect", _wrong("softmax(logits)"),
            "The temperature has no effect: your result is that of τ = 1, whatever τ is. Divide the scores by it "
            "(a number that is added to all scores, or a factor on all probabilities that are then normalised, "
            "cancels out).", "temperature"),
        _mistake(
            "temperature_over_the_batch", _wrong("softmax(logits / temperature, axis=1)"),
            "Your softmax runs over the m examples. Each column is one prediction and sums to one: the softmax runs "
            "over the n_y tokens (axis 0).", "temperature"),
        _mistake(
            "temperature_over_everything",
            _wrong("np.exp(logits / temperature) / np.exp(logits / temperature).sum()"),
            "You divide by the sum over the whole array. Each column is a prediction of its own: `sum(axis=0, "
            "keepdims=True)`.", "temperature",
            _wrong("(z := np.exp(logits / temperature - (logits / temperature).max())) / z.sum()")),
        _mistake(
            "temperature_not_normalised", _wrong("np.exp(logits / temperature)"),
            "Your columns do not sum to one: the division by the sum of the exponentials is missing.", "temperature",
            _wrong("np.exp(logits / temperature - (logits / temperature).max(axis=0))")),
        _mistake(
            "temperature_scores_only", _wrong("logits / temperature"),
            "You return scores. The softmax, which makes probabilities of them, is missing.", "temperature"),
        _mistake(
            "temperature_overflows",
            _wrong("np.exp(logits / temperature) / np.exp(logits / temperature).sum(axis=0)"),
            "A small temperature makes large scores, exp overflows, and the result is NaN. Subtract the largest "
            "score of each column before exp, or use `softmax` from `solutions`.", "temperature"),
        _mistake(
            "temperature_underflows",
            _wrong("(z := np.exp(logits / temperature - (logits / temperature).max())) / z.sum(axis=0)"),
            "You subtract the largest score of the whole array. Of a column that lies far below it all exponentials "
            "are 0, and 0 / 0 is NaN: subtract each column's own largest score, `max(axis=0)`.", "temperature",
            _wrong("(z := np.exp((logits - logits.max()) / temperature)) / z.sum(axis=0)")),
        _mistake(
            "power_not_normalised", _wrong("softmax(logits) ** (1 / temperature)"),
            "ŷ to the power 1/τ is the right thing but for a factor: divide each column by its sum.", "temperature"),
        _mistake(
            "scores_turned_round", _wrong("softmax(-logits / temperature)"),
            "The sign of the scores is turned round: the likeliest token becomes the least likely one. It is "
            "softmax(z / τ).", "temperature"),
        _mistake(
            "logarithms_returned", _wrong("np.log(softmax(logits / temperature))"),
            "You return logarithms. Wanted are the probabilities themselves.", "temperature"),
        _mistake(
            "sigmoid_for_softmax", _wrong("1 / (1 + np.exp(-logits / temperature))"),
            "A sigmoid judges each token by itself, so a column does not sum to one. It is a softmax, down each "
            "column.", "temperature"),
        _mistake(
            "temperature_whole_division", _wrong("softmax(logits // temperature)"),
            "You divide with `//`, which rounds every score down to a whole number. Divide with `/`.", "temperature"),
        _mistake(
            "temperature_squared", _wrong("softmax(logits / temperature**2)"),
            "The temperature acts twice, as τ². Divide the scores by it once.", "temperature"),
        _mistake(
            "greedy_temperature", _wrong("(logits == logits.max(axis=0)) * 1.0"),
            "You give the likeliest token all the probability. That is what the temperature comes to near 0 only.",
            "temperature"),
        _mistake(
            "logits_overwritten", Patched(apply_temperature, (
                "return softmax(logits / temperature)", "logits /= temperature\n    return softmax(logits)")),
            "You divide the caller's own array: `logits /= temperature` changes it. Write `logits / temperature`, "
            "which makes a new one.", "temperature"),
    ),
)
