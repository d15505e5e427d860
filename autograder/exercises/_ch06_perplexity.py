"""Exercise perplexity of chapter 6."""

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises._ch06_tokenize import CHAPTER, mistake
from solutions import perplexity

# --- wrong functions -------------------------------------------------------------------------------------------

RETURN = "return np.exp(-np.sum(log_probabilities) / np.sum(lengths)).item()"
TOTAL, COUNT = "np.sum(log_probabilities)", "np.sum(lengths)"
EACH = "np.asarray(log_probabilities) / np.asarray(lengths)"


def _return(new):
    return Patched(perplexity, (RETURN, "return " + new))


def _cases(rng):
    cases = []
    for label, m in (("", 4), ("", 6), ("", 3), ("m = 1", 1)):
        lengths = (2 + rng.permutation(9)[:m]).tolist()
        logs = [-length * rng.uniform(0.4, 2.6) for length in lengths]
        cases.append(Case((logs, lengths), {"m": m, "tokens": sum(lengths)}, label))
    lengths = rng.integers(30, 50, size=17)
    lengths[3] = 400  # a sentence whose probability is too small for a computer
    many = (-lengths * rng.uniform(2, 4, size=17)).tolist(), lengths.tolist()
    sizes = {"m": 17, "tokens": int(sum(lengths))}
    return [*cases, Case(many, sizes, "many sentences, a long one among them"),
            Case(([0.0, 0.0], [3, 4]), {"m": 2, "tokens": 7}, "a model that is always sure and right"),
            Case(([-9.729550745276566, -15.567281192442506], [5, 8]), {"m": 2, "tokens": 13}, "seven equal choices")]


PERPLEXITY = Exercise(
    id="perplexity",
    chapter=CHAPTER,
    reference=perplexity,
    cases=_cases,
    parts=(Part("perplexity", 14, Array("", kinds="fiu")), intact(1)),
    hints=(
        "First one number, the mean logarithm for each *token*: all log-probabilities together, divided by the number "
        "of all tokens.",
        "Do not take the mean of the sentences' means: a long sentence has more tokens, and counts more.",
        "Then undo the logarithm. It was the natural one, so take `np.exp`, of minus that mean.",
    ),
    misconceptions=(
        mistake(
            "sum_not_mean", _return(f"np.exp(-{TOTAL}).item()"),
            "You do not divide by the number of tokens, so a longer text would make a model look worse. Take the mean "
            "for each token first.", "perplexity",
            _return(f"1 / np.exp({TOTAL}).item()"), _return(f'__import__("math").exp(-{TOTAL})'),
            _return(f"1 / np.exp({TOTAL})")),
        mistake(
            "mean_over_sentences", _return(f"np.exp(-{TOTAL} / len(lengths)).item()"),
            "You divide by the number of sentences. The mean is over all tokens: divide by the sum of the lengths.",
            "perplexity", _return("np.exp(-np.mean(log_probabilities)).item()")),
        mistake(
            "mean_of_means", _return(f"np.exp(-np.mean({EACH})).item()"),
            "You take a mean for each sentence and then the mean of these. Then each token of a short sentence counts "
            "more than one of a long sentence. Sum the logarithms, sum the lengths, and divide once.", "perplexity"),
        mistake(
            "mean_of_perplexities", _return(f"np.mean(np.exp(-{EACH})).item()"),
            "You compute a perplexity for each sentence and take their mean. Sum the logarithms and the lengths over "
            "all sentences first; `exp` comes last.", "perplexity",
            _return(f"np.sum(np.exp(-{EACH}) * np.asarray(lengths)).item() / {COUNT}"),
            _return(f"np.median(np.exp(-{EACH})).item()")),
        mistake(
            "one_for_each_sentence", _return(f"np.exp(-{EACH})"),
            "There is a perplexity for each sentence. One number for the whole text is wanted: sum over the sentences "
            "first.", "perplexity", _return(f"np.exp({EACH})"),
            _return(f"np.exp(-np.asarray(log_probabilities) / {COUNT})"), _return(EACH),
            _return(f"np.exp(-{TOTAL} / np.asarray(lengths))")),
        mistake(
            "two_to_a_natural_logarithm", _return(f"2 ** (-{TOTAL} / {COUNT}).item()"),
            "2 to the power of a natural logarithm: the two do not belong together. `np.exp` undoes `np.log`; 2 ** "
            "undoes `np.log2`.", "perplexity"),
        mistake(
            "ten_to_a_natural_logarithm", _return(f"10 ** (-{TOTAL} / {COUNT}).item()"),
            "10 to the power of a natural logarithm: the two do not belong together. `np.exp` undoes `np.log`; 10 ** "
            "undoes `np.log10`.", "perplexity"),
        mistake(
            "bits_left", _return(f"(-{TOTAL} / np.log(2) / {COUNT}).item()"),
            "This is the mean number of bits for each token. The perplexity is 2 ** that, a number of choices; or "
            "`np.exp` of the mean natural logarithm.", "perplexity"),
        mistake(
            "rounded", _return(f"round(np.exp(-{TOTAL} / {COUNT}).item(), 2)"),
            "The perplexity is rounded. It need not be a whole number or a short one: return it as it is.",
            "perplexity", _return(f"round(np.exp(-{TOTAL} / {COUNT}).item())"),
            _return(f"round(np.exp(-{TOTAL} / {COUNT}).item(), 1)"), _return(f"int(np.exp(-{TOTAL} / {COUNT}))"),
            _return(f"round(np.exp(-{TOTAL} / {COUNT}).item(), 3)")),
        mistake(
            "exp_of_a_binary_logarithm", _return(f"np.exp(-{TOTAL} / np.log(2) / {COUNT}).item()"),
            "You turn the logarithms into bits and then take `np.exp`. Either stay with the natural ones and exp, or "
            "take bits and 2 **.", "perplexity", _return(f"np.exp(-{TOTAL} / np.log(10) / {COUNT}).item()")),
        mistake(
            "logarithm_left", _return(f"(-{TOTAL} / {COUNT}).item()"),
            "This is the mean loss for each token, the cross-entropy. The perplexity is `np.exp` of it: a number of "
            "choices.", "perplexity", _return(f"({TOTAL} / {COUNT}).item()")),
        mistake(
            "minus_forgotten", _return(f"np.exp({TOTAL} / {COUNT}).item()"),
            "The minus is missing. What you have is the mean probability of a token, below 1; the perplexity is its "
            "inverse.", "perplexity"),
        mistake(
            "product_first",
            _return(f"np.prod(np.exp(log_probabilities)).item() ** (-1 / {COUNT})"),
            "You go back to probabilities and multiply them. For long texts the product is too small for a computer "
            "and becomes 0. Stay with the logarithms to the end.", "log-probabilities",
            _return(f"(1 / np.prod(np.exp(log_probabilities)).item()) ** (1 / {COUNT})"),
            _return(f"float(np.exp({TOTAL})) ** (-1 / {COUNT})"), _return(f"(1 / np.exp({TOTAL})) ** (1 / {COUNT})"),
            _return(f"np.exp(-np.sum(np.log(np.exp(log_probabilities))) / {COUNT}).item()")),
        mistake(
            "mean_of_probabilities", _return(f"({COUNT} / np.sum(np.exp(log_probabilities))).item()"),
            "You add up probabilities. The perplexity is made of the mean of the logarithms: `exp` comes last.",
            "perplexity",
            _return("(1 / np.mean(np.exp(log_probabilities))).item()"),
            _return(f"(1 / np.mean(np.exp({EACH}))).item()")),
        mistake(
            "end_not_counted", _return(f"np.exp(-{TOTAL} / ({COUNT} - len(lengths))).item()"),
            "You do not count the ends. \"<EOS>\" is predicted like a word, its probability is in the logarithm, and "
            "so it counts in `lengths` already.", "perplexity",
            _return(f"np.exp(-{TOTAL} / ({COUNT} - 1)).item()")),
        mistake(
            "end_counted_twice", _return(f"np.exp(-{TOTAL} / ({COUNT} + len(lengths))).item()"),
            "You add an \"<EOS>\" to each length. It is counted in `lengths` already.", "perplexity",
            _return(f"np.exp(-{TOTAL} / ({COUNT} + 1)).item()")),
        mistake(
            "first_sentence_only", _return("np.exp(-log_probabilities[0] / lengths[0]).item()"),
            "Only one sentence is counted. Sum over all of them.", "perplexity",
            _return("np.exp(-log_probabilities[-1] / lengths[-1]).item()")),
        mistake(
            "divided_after_exp", _return(f"np.exp(-{TOTAL}).item() / {COUNT}"),
            "You divide after `exp`. The mean is that of the logarithms: divide first, then take `exp`.",
            "perplexity", _return(f"{COUNT} / np.exp({TOTAL}).item()"),
            _return(f"np.sum(np.exp(np.negative(log_probabilities))).item() / {COUNT}")),
        mistake(
            "wrong_way_up", _return(f"np.exp(-{COUNT} / {TOTAL}).item()"),
            "The fraction is upside down: the logarithms are divided by the number of tokens.", "perplexity"),
    ),
)
