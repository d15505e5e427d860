"""Exercise language_model_pairs of chapter 6."""

from autograder.engine import Array, Case, Exercise, Part, Patched, different_sizes, intact
from autograder.exercises._ch06_tokenize import CHAPTER, WORDS, mistake, numbered, shuffled
from solutions import language_model_pairs

# --- wrong functions -------------------------------------------------------------------------------------------

INDICES = "indices, mask = pad_batch([encode([*line, EOS], vocabulary) for line in lines])"
TARGETS = "y = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]"
ZEROS = "x = np.zeros_like(y)"
SHIFT = "x[1:] = y[:-1] * mask[1:, np.newaxis]"
RETURN = "return x, y"
WITHOUT_END = (INDICES, INDICES.replace("[*line, EOS]", "[*line]"))
UNMASKED = "one_hot(indices, len(vocabulary))"


def _wrong(*replacements):
    return Patched(language_model_pairs, *replacements)


def _shift(new):
    return _wrong((SHIFT, new))


def _return(new):
    return _wrong((RETURN, new))


def _cases(rng):
    cases = []
    for label, fixed in (("", {}), ("", {}), ("", {}), ("m = 1", {"m": 1}), ("one line of one token", {"m": 1})):
        n = different_sizes(rng, "n_x m", low=4, high=8, **fixed)
        n["n_x"] = 13  # eleven tokens and the two special ones
        words = shuffled(rng, WORDS)
        vocabulary = numbered(rng, words[:11])
        lengths = [1] if "one token" in label else [3, 6, *rng.integers(1, 6, size=n["m"]).tolist()][-n["m"]:]
        if n["m"] > 2:
            lengths[:2] = (2, 6) if len(cases) else (6, 3)
        lines = [shuffled(rng, words[:12])[:length] for length in lengths]  # the twelfth word is unknown
        if lengths[0] > 1:
            lines[0][-1] = words[11]
            lines[0][0] = next(token for token, index in vocabulary.items() if index == 0)  # 0 is no padding here
        cases.append(Case((lines, vocabulary), n, label))
    letters = numbered(rng, list("abcdefg"))
    del letters["<UNK>"]
    letters = {token: number for number, token in enumerate(sorted(letters, key=letters.get))}
    lines = ["".join(shuffled(rng, "abcdefg")[:length]) for length in (4, 7, 2)]
    return [*cases, Case((lines, letters), {"n_x": len(letters), "m": 3}, "characters")]


LANGUAGE_MODEL_PAIRS = Exercise(
    id="language_model_pairs",
    chapter=CHAPTER,
    reference=language_model_pairs,
    cases=_cases,
    parts=(
        Part("x", 11, Array("T_x n_x m", kinds="fiub"), (0,)),
        Part("y", 12, Array("T_x n_x m", kinds="fiub"), (1,)),
        intact(2),
    ),
    uses=("encode", "one_hot", "pad_batch"),
    hints=(
        "Begin with the targets. Each line gets \"<EOS>\" behind its tokens; `encode` makes numbers of them, "
        "`pad_batch` makes one array of all lines, and a mask.",
        "`one_hot` turns the padding, which is 0, into the token number 0. Multiply with the mask, so that the padding "
        "has no target: the mask is (T_x, m), and needs an axis in the middle, `mask[:, np.newaxis]`.",
        "The inputs are the targets one step later: x[0] is zero, x[1] is y[0], x[2] is y[1], …",
        "One thing is left: behind the end of a shorter line there is no input either. Where the target is padding, "
        "the input is zero too, also right behind \"<EOS>\".",
    ),
    misconceptions=(
        mistake(
            "targets_equal_inputs", _wrong((ZEROS, "x = y.copy()"), (SHIFT, "")),
            "Inputs and targets are the same: the model is shown the very token that it has to predict. Its loss goes "
            "to zero, and it learns nothing but copying. The input of step t is the token before: x^<t> = y^<t-1>.",
            "inputs-and-targets",
            _wrong((ZEROS, "x = y.copy()"), (SHIFT, "x[0] = 0")), _shift("x[1:] = y[1:]")),
        mistake(
            "one_array_twice", _wrong((ZEROS, "x = y"), (SHIFT, "x[1:] = x[:-1].copy()\n    x[0] = 0")),
            "x and y are one and the same array, so shifting the inputs shifts the targets too. Make a new array for "
            "x: `np.zeros_like(y)`.", "inputs-and-targets",
            _wrong((ZEROS, "x = y"), (SHIFT, "x[1:] = y[:-1] * mask[1:, np.newaxis]\n    x[0] = 0"))),
        mistake(
            "shifted_the_wrong_way", _shift("x[:-1] = y[1:]"),
            "You shift the wrong way: the input of a step is the token after its target. A model sees what has been, "
            "and predicts what comes: x^<t> = y^<t-1>.", "inputs-and-targets",
            _wrong((SHIFT, "x[1:] = y[:-1]"), (RETURN, "return y, x"))),
        mistake(
            "pairs_swapped", _return("return y, x"),
            "The results come in the other order: first the inputs x, then the targets y.", "inputs-and-targets"),
        mistake(
            "first_word_is_the_first_input",
            _return("x = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]\n    return x[:-1], y[1:]"),
            "Your first input is the first word, and nobody predicts that word. Step 1 has nothing to go on: "
            "x^<1> = 0, and its target is the first word. So there is one step more than words.", "inputs-and-targets",
            _return("return y[:-1] * mask[1:, np.newaxis], y[1:]"),
            _return("x = np.zeros_like(y)\n    x[:-1] = y[:-1] * mask[1:, np.newaxis]\n"
                    "    return x, np.concatenate([y[1:], y[:1] * 0])")),
        mistake(
            "no_target_for_the_end", _wrong(WITHOUT_END),
            "\"<EOS>\" is missing. The last thing to predict is that the sentence is over: y^<T_y> = <EOS>. Without it "
            "a model never learns to stop.", "end-of-sentence",
            _return('y[:, vocabulary["<EOS>"]] = 0\n    return x, y')),
        mistake(
            "end_as_first_input", _wrong((ZEROS, ZEROS + '\n    x[0, vocabulary["<EOS>"]] = 1')),
            "Your first input is \"<EOS>\". Some models begin so, with a token for the start; here, as in the notes, "
            "x^<1> = 0: there is no token yet.", "inputs-and-targets",
            _wrong((ZEROS, ZEROS + "\n    x[0] = y[-1]")), _shift("x = np.roll(y, 1, axis=0)"),
            _wrong((ZEROS, ZEROS + "\n    x[0] = y[-1]"), (SHIFT, "x[1:] = y[:-1]")),
            _wrong((ZEROS, ZEROS + '\n    x[0, vocabulary["<EOS>"]] = 1'), (SHIFT, "x[1:] = y[:-1]"))),
        mistake(
            "end_at_a_fixed_index",
            _wrong((INDICES, INDICES.replace("encode([*line, EOS], vocabulary)",
                                             "[*encode(line, vocabulary), len(vocabulary) - 1]"))),
            "You take a fixed number for \"<EOS>\". Which one it has stands in the vocabulary: "
            "`vocabulary[\"<EOS>\"]`.", "end-of-sentence",
            *(_wrong((INDICES, INDICES.replace("encode([*line, EOS], vocabulary)",
                                               f"[*encode(line, vocabulary), {number}]")))
              for number in ("0", "1", "len(vocabulary) - 2"))),
        mistake(
            "first_target_twice", _wrong((ZEROS, ZEROS + "\n    x[0] = y[0]")),
            "Your first input is the first target, the word that is to be predicted there. Nothing comes before it: "
            "x^<1> = 0.", "inputs-and-targets"),
        mistake(
            "last_token_put_in",
            _wrong((SHIFT, ""), (RETURN, "x = np.concatenate([np.zeros_like(y[:1]), y])\n    return x, y")),
            "Your inputs have one step more than your targets. The last target, \"<EOS>\", is the input of no step: "
            "there is nothing to predict behind it.", "inputs-and-targets"),
        mistake(
            "shifted_along_another_axis", _shift("x[:, 1:] = y[:, :-1]"),
            "You shift along the vocabulary or along the lines. Time is the first axis: x[1:] is y[:-1].",
            "inputs-and-targets", _shift("x[:, :, 1:] = y[:, :, :-1]"), _shift("x = np.roll(y, 1, axis=1)"),
            _shift("x = np.roll(y, 1, axis=2)"), _shift("x = np.roll(y, 1)"),
            _shift("x = np.roll(y, 1, axis=2) * mask[:, np.newaxis]"),
            _shift("x[:, :, 1:] = y[:, :, :-1] * mask[:, np.newaxis, 1:]")),
        mistake(
            "first_input_another_token", _wrong((ZEROS, ZEROS + "\n    x[0, 0] = 1")),
            "Your first input names a token. A column of zeros names none, and that is what is meant: x^<1> = 0. The "
            "index 0 is a real token.", "inputs-and-targets",
            _wrong((ZEROS, ZEROS + "\n    x[0, vocabulary.get('<UNK>', 0)] = 1")),
            _wrong((ZEROS, ZEROS + "\n    x[0] = 1"))),
        mistake(
            "padding_is_a_target", _wrong((TARGETS, "y = " + UNMASKED)),
            "The padding has a target: `pad_batch` fills up with 0, and `one_hot` takes that for the token number 0. "
            "Multiply with the mask; then the padding counts in no loss.", "padding-has-no-target",
            _wrong((TARGETS, "y = " + UNMASKED), (SHIFT, "x[1:] = y[:-1]"))),
        mistake(
            "number_zero_is_the_padding", _wrong((TARGETS, TARGETS.replace("mask[", "(indices != 0)["))),
            "Wherever the index is 0 you see padding. But 0 is also the index of a real token, which is lost so. The "
            "mask of `pad_batch` knows which is which.", "padding-has-no-target",
            _wrong((TARGETS, TARGETS.replace("mask[", "(indices != 0)[")), (SHIFT, "x[1:] = y[:-1]")),
            _wrong((TARGETS, TARGETS.replace("mask[", "(indices != 0)[")),
                   (SHIFT, SHIFT.replace("mask[1:", "(indices != 0)[1:"))),
            _wrong((TARGETS, TARGETS + "\n    y[:, 0] = 0"))),
        mistake(
            "row_for_the_padding",
            _wrong((TARGETS, "y = one_hot(np.where(mask, indices, len(vocabulary)), len(vocabulary) + 1)")),
            "Your columns have one entry more than the vocabulary, for the padding. It needs none: where nothing "
            "stands, the whole column is zero.", "padding-has-no-target",
            _wrong((TARGETS, "y = one_hot(np.where(mask, indices, len(vocabulary)), len(vocabulary) + 1)"),
                   (SHIFT, "x[1:] = y[:-1]"))),
        mistake(
            "mask_without_its_axis", _wrong((TARGETS, "y = one_hot(indices, len(vocabulary)) * mask")),
            "The mask does not fit the one-hot array: it is (T_x, m), and the array (T_x, n_x, m). Give it an axis in "
            "the middle, `mask[:, np.newaxis]`, so that it is the same for all entries of a column.",
            "padding-has-no-target",
            _wrong((TARGETS, "y = one_hot(indices, len(vocabulary)) * mask[..., np.newaxis]"))),
        mistake(
            "end_is_the_padding",
            _wrong((TARGETS, 'y = one_hot(np.where(mask, indices, vocabulary["<EOS>"]), len(vocabulary))')),
            "You fill up shorter lines with \"<EOS>\". Then the model has to predict the end again and again, and that "
            "is most of what it learns. One end for each line; behind it all is zero.", "padding-has-no-target",
            _wrong((TARGETS, 'y = one_hot(np.where(mask, indices, vocabulary["<EOS>"]), len(vocabulary))'),
                   (SHIFT, "x[1:] = y[:-1]"))),
        mistake(
            "end_is_an_input", _shift("x[1:] = y[:-1]"),
            "Behind a shorter line, the input of the first step of padding is its \"<EOS>\". There is no such step: "
            "where there is no target, the input is zero too.", "padding-has-no-target"),
        mistake(
            "end_at_the_very_last_step",
            _wrong((TARGETS, 'y = one_hot(indices, len(vocabulary)) * mask[:, np.newaxis]\n'
                             '    y[:, vocabulary["<EOS>"]] = 0\n    y[-1, vocabulary["<EOS>"]] = 1')),
            "All lines have their \"<EOS>\" at the last step of the array. Each line ends right behind its own last "
            "token: put the end there before you pad.", "end-of-sentence",
            _wrong((INDICES, INDICES.replace("[*line, EOS]", "line")),
                   (TARGETS, TARGETS + "\n    y = np.concatenate([y, y[:1] * 0])\n"
                                       '    y[-1, vocabulary["<EOS>"]] = 1'),
                   (SHIFT, "x[1:] = y[:-1]")),
            _wrong((INDICES, INDICES.replace("[*line, EOS]", "line")),
                   (TARGETS, TARGETS + "\n    y = np.concatenate([y, y[:1] * 0])\n"
                                       '    y[-1, vocabulary["<EOS>"]] = 1'),
                   (SHIFT, "x[1:-1] = y[:-2]\n    x[-1] = y[-2]"))),
        mistake(
            "no_memory_of_the_words", _shift(""),
            "All inputs are zero. Only the first one is: from step 2 on the model is told the token before, "
            "x^<t> = y^<t-1>.", "inputs-and-targets"),
        mistake(
            "all_words_so_far", _shift("x[1:] = np.cumsum(y, axis=0)[:-1] * mask[1:, np.newaxis]"),
            "Your inputs collect all tokens so far: several ones in a column. Each input is the one token before; that "
            "the others came is what the state remembers.", "inputs-and-targets",
            _shift("x[1:] = np.minimum(np.cumsum(y, axis=0), 1)[:-1] * mask[1:, np.newaxis]")),
        mistake(
            "shifted_by_two", _shift("x[2:] = y[:-2] * mask[2:, np.newaxis]"),
            "The inputs are two steps late. x^<t> is the token just before: x^<2> = y^<1>.", "inputs-and-targets"),
        mistake(
            "unknown_token_raises", _wrong((INDICES, INDICES.replace(
                "encode([*line, EOS], vocabulary)", "[vocabulary[token] for token in [*line, EOS]]"))),
            "A token that is not in the vocabulary stops your function with a KeyError. It is \"<UNK>\": `encode` "
            "knows that.", "tokens"),
        mistake(
            "unknown_token_left_out", _wrong((INDICES, INDICES.replace(
                "encode([*line, EOS], vocabulary)", "[vocabulary[t] for t in [*line, EOS] if t in vocabulary]"))),
            "Unknown tokens are left out, and the words around them become neighbours. They become \"<UNK>\": "
            "`encode` does that.", "tokens"),
        mistake(
            "indices_for_columns", _return("return x.argmax(axis=1), y.argmax(axis=1)"),
            "These are indices, (T_x, m). The network takes one-hot columns, (T_x, n_x, m): `one_hot`.",
            "inputs-and-targets",
            _return("return indices[:-1], indices[1:]"), _return("return indices, indices"),
            _return("return np.concatenate([0 * indices[:1], indices[:-1]]), indices")),
        mistake(
            "pairs_time_last", _return("return np.moveaxis(x, 0, 2), np.moveaxis(y, 0, 2)"),
            "Time is your last axis, as in another edition of this course. Here it comes first: x[t] is one step, "
            "(n_x, m).", "inputs-and-targets"),
        mistake(
            "pairs_examples_first", _return("return x.transpose(2, 0, 1), y.transpose(2, 0, 1)"),
            "The lines are your first axis. Here time comes first and the examples last: (T_x, n_x, m).",
            "inputs-and-targets",
            _return("return x.transpose(2, 1, 0), y.transpose(2, 1, 0)")),
        mistake(
            "pairs_in_rows", _return("return x.transpose(0, 2, 1), y.transpose(0, 2, 1)"),
            "Each one-hot vector lies as a row. The columns of a step are the examples: (T_x, n_x, m).",
            "inputs-and-targets"),
        mistake(
            "first_line_only", _return("return x[:, :, :1], y[:, :, :1]"),
            "Only the first line is there. Each line is a column of its own: (T_x, n_x, m).", "inputs-and-targets",
            _wrong((INDICES, INDICES.replace("in lines]", "in lines[:1]]")))),
        mistake(
            "one_long_line",
            _wrong((INDICES, "indices, mask = pad_batch([np.concatenate([encode([*line, EOS], vocabulary) "
                             "for line in lines])])")),
            "All lines stand in one column, one behind the other, so that each begins with the state of the one "
            "before. They are separate examples, side by side.", "inputs-and-targets"),
        mistake(
            "padding_in_front",
            _wrong((INDICES, INDICES + "\n    indices = np.array([np.roll(k, len(k) - n) for k, n in "
                                       "zip(indices.T, mask.sum(0))]).T\n    mask = mask[::-1]")),
            "The padding stands in front of the tokens. It follows them: every line begins at t = 0, with x^<1> = 0.",
            "padding-has-no-target"),
        mistake(
            "end_written_into_the_lines",
            _wrong((INDICES, "for line in lines:\n        if isinstance(line, list):\n            line.append(EOS)\n"
                             "    " + INDICES.replace("[*line, EOS]", "[*line, EOS] if isinstance(line, str) else "
                                                                      "line"))),
            "You append \"<EOS>\" to the lists that you were given. The next batch finds it there and appends another "
            "one. Make a new list, `[*line, EOS]`.", "end-of-sentence",
            _wrong((INDICES, "for line in lines:\n        line.append(EOS)\n    "
                             + INDICES.replace("[*line, EOS]", "line")))),
    ),
)
