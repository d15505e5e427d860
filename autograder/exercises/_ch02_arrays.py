"""Exercises of chapter 2, second part: from indices to arrays."""

from autograder.engine import Array, Case, Exercise, Part, Patched, intact
from autograder.exercises.inputs import equal_sizes, sizes_for
from autograder.exercises.mistakes import mistakes_in
from solutions import one_hot, pad_batch

CHAPTER = "02_notation"
mistake = mistakes_in(CHAPTER)

# --- one_hot ---------------------------------------------------------------------------------------------------

COLUMNS = "indices = indices.reshape(len(indices), -1)"
RETURN = "return (indices[:, np.newaxis, :] == np.arange(n_x)[:, np.newaxis]).astype(np.float64)"
SENTENCE, BATCH = "x of one sentence", "x of m sentences"


def _one_hot(new):
    """Replace the last line: `x` is what it would have returned."""
    return Patched(one_hot, (RETURN, RETURN.replace("return", "x =") + "\n    " + new))


def _in_place(*replacements):
    return Patched(one_hot, *replacements)


def _one_hot_cases(rng):
    cases = []
    for label, n in [*sizes_for(rng, "T_x n_x m", {"m": 1}, {"T_x": 1}), equal_sizes("T_x n_x m", 5)]:
        # The last index stays free, so that n_x cannot be guessed from the data; but for the square one.
        indices = rng.integers(0, n["n_x"] - (label == ""), size=(n["T_x"], n["m"]))
        indices[0, 0] = 0 if n["T_x"] > 1 else indices[0, 0]
        cases.append(Case((indices, n["n_x"]), n, label, (BATCH, "inputs left unchanged")))
        sentence = {**n, "m": 1}
        cases.append(Case((indices[:, -1], n["n_x"]), sentence, label, (SENTENCE, "inputs left unchanged")))
    last = cases[0].args[0].copy()
    last[-1] = cases[0].args[1] - 1
    return [*cases, Case((last, cases[0].args[1]), cases[0].sizes, "the last index", (BATCH,)),
            Case((last[:, 0], cases[0].args[1]), {**cases[0].sizes, "m": 1}, "the last index", (SENTENCE,))]


ONE_HOT = Exercise(
    id="one_hot",
    chapter=CHAPTER,
    reference=one_hot,
    cases=_one_hot_cases,
    parts=(Part(SENTENCE, 11, Array("T_x n_x m")), Part(BATCH, 12, Array("T_x n_x m")), intact(2)),
    hints=(
        "Make an array of zeros of the final shape, (T_x, n_x, m), and put the ones into it.",
        "At step t of example i the one stands at x[t, indices[t, i], i].",
        "A single sentence has indices of shape (T_x,). Give it a second axis of length 1 first: "
        "`indices.reshape(len(indices), -1)` does that, and leaves (T_x, m) as it is.",
        "Without a loop: compare the indices with `np.arange(n_x)` along a new axis in the middle, and turn True and "
        "False into floats.",
    ),
    misconceptions=(
        mistake(
            "rows_of_the_identity", _in_place((COLUMNS, ""), (RETURN, "return np.eye(n_x)[indices]")),
            "`np.eye(n_x)[indices]` puts the n_x entries on the last axis, so that each vector is a row. Here each is "
            "a column: the axes are time, entry, example, and a single sentence has m = 1 and not no m at all.",
            "one-hot-columns"),
        mistake(
            "axis_of_examples_missing",
            _in_place((COLUMNS, "flat = indices.ndim == 1\n    " + COLUMNS),
                      (RETURN, RETURN.replace("return", "x =") + "\n    return x[:, :, 0] if flat else x")),
            "The axis of the examples is missing: x[t] has shape (n_x,) and should be a column, (n_x, 1). A state of "
            "shape (n_a, 1) plus a vector of shape (n_a,) would silently become a matrix (n_a, n_a).",
            "one-hot-columns", _one_hot("return x.squeeze()"),
            _one_hot("return x[:, :, 0] if x.shape[2] == 1 else x")),
        mistake(
            "one_hot_rows", _one_hot("return np.moveaxis(x, 1, 2)"),
            "Each one-hot vector lies as a row: the axes are (time, example, entry). Here a step is a matrix whose "
            "columns are the examples, (n_x, m), so that W_ax can act on it from the left.", "one-hot-columns",
            _one_hot("return x.reshape(len(x), x.shape[2], n_x)")),
        mistake(
            "one_hot_time_last", _one_hot("return np.moveaxis(x, 0, 2)"),
            "Time is your last axis. Other editions of this course have it there; here it comes first, so that x[t] is "
            "one step: `np.moveaxis(x, 2, 0)` converts.", "arrays-of-the-book"),
        mistake(
            "entry_axis_first", _one_hot("return np.moveaxis(x, 0, 1)"),
            "The entries of the vector are your first axis, and time the second. Time comes first: (T_x, n_x, m).",
            "arrays-of-the-book"),
        mistake(
            "one_hot_batch_first", _one_hot("return np.moveaxis(x, 2, 0)"),
            "The examples are your first axis. Here they are the last: (T_x, n_x, m).", "arrays-of-the-book",
            _one_hot("return x.transpose(2, 0, 1)[:, :, :]"), _one_hot("return x.transpose(2, 1, 0)")),
        mistake(
            "whole_number_entries", _one_hot("return x.astype(int)"),
            "The entries are whole numbers or truth values. The network calculates with fractions: make the array "
            "with a floating-point dtype, as `np.zeros` does.", "one-hot-columns", _one_hot("return x == 1")),
        mistake(
            "one_hot_counts_from_one",
            _in_place((RETURN, RETURN.replace("np.arange(n_x)", "np.arange(1, n_x + 1)"))),
            "Each one stands one place too early: index 0 is the first place, not index 1.", "one-hot-columns",
            _in_place((COLUMNS, COLUMNS + "\n    indices = (indices - 1) % n_x"))),
        mistake(
            "one_hot_one_too_far",
            _in_place((COLUMNS, COLUMNS + "\n    indices = (indices + 1) % n_x")),
            "Each one stands one place too late. The indices are places already, counted from 0.", "one-hot-columns",
            _in_place((COLUMNS, COLUMNS + "\n    indices = indices + 1"))),
        mistake(
            "size_from_the_data", _in_place((COLUMNS, COLUMNS + "\n    n_x = indices.max() + 1")),
            "You take the size of the dictionary from the largest index that occurs. Other sentences then get vectors "
            "of other sizes, and W_ax fits only one. The size is n_x.", "one-hot-columns",
            _in_place((COLUMNS, COLUMNS + "\n    n_x = len(np.unique(indices))\n"
                       "    indices = np.unique(indices, return_inverse=True)[1].reshape(indices.shape)"))),
        mistake(
            "index_for_one", _one_hot("return x * np.arange(n_x)[:, np.newaxis]"),
            "You write the index itself into its place. A number there would mean that word 900 is nine times word "
            "100. Every word gets the same 1, each at a place of its own.", "one-hot-columns"),
        mistake(
            "ones_and_zeros_exchanged", _one_hot("return 1 - x"),
            "Ones and zeros are exchanged: all entries are 1 but one.", "one-hot-columns"),
        mistake(
            "one_hot_last_step_lost", _one_hot("x[-1] = 0\n    return x"),
            "The last step is empty. A loop over range(T_x) reaches the last one; with T_x - 1 it ends too early.",
            "one-hot-columns", _one_hot("return x[:-1]")),
        mistake(
            "one_hot_first_step_lost", _one_hot("x[0] = 0\n    return x"),
            "The first step is empty: Python counts the steps from 0.", "one-hot-columns", _one_hot("return x[1:]")),
        mistake(
            "ones_not_cleared", _one_hot("return np.maximum.accumulate(x, axis=0)"),
            "The ones of the steps before are still there: you fill one array and do not clear it. Each step has "
            "exactly one 1.", "one-hot-columns"),
        mistake(
            "bag_of_words", _one_hot("return np.maximum.reduce(x, axis=0)"),
            "All words are in one vector: the axis of time is gone, and with it the order. Each step has a vector of "
            "its own.", "one-hot-columns", _one_hot("return x.sum(axis=0)"),
            _one_hot("return np.tile(x.max(axis=0), (len(x), 1, 1))")),
        mistake(
            "first_sentence_of_the_batch", _one_hot("return x[:, :, :1]"),
            "Only the first of the m sentences is there. Every column of `indices` is a sentence.",
            "one-hot-columns"),
        mistake(
            "batch_in_a_row",
            _in_place((COLUMNS, "indices = indices.reshape(-1, 1)")),
            "The m sentences stand one behind the other, as if they were a single one of m times T_x words. They stand "
            "side by side, along the last axis.", "one-hot-columns"),
        mistake(
            "sentence_taken_for_a_step", _in_place((COLUMNS, "indices = np.atleast_2d(indices)")),
            "You take a sentence of T_x words for one step of T_x examples: `np.atleast_2d` puts the new axis in "
            "front. The steps come first: the shape is (T_x, n_x, 1).", "one-hot-columns"),
        mistake(
            "steps_and_examples_exchanged", _one_hot("return x.transpose(2, 1, 0) if x.shape[2] > 1 else x"),
            "Steps and examples are exchanged: `indices` has the steps down its rows and a sentence in each column.",
            "arrays-of-the-book"),
    ),
)

# --- pad_batch -------------------------------------------------------------------------------------------------

LENGTH = "T_x, m = max(len(sequence) for sequence in sequences), len(sequences)"
ZEROS = "indices, mask = np.zeros((T_x, m), dtype=np.int64), np.zeros((T_x, m), dtype=bool)"
LOOP = "for i, sequence in enumerate(sequences):"
FILL, MARK = "indices[:len(sequence), i] = sequence", "mask[:len(sequence), i] = True"
BACK = "return indices, mask"


def _pad(*replacements):
    return Patched(pad_batch, *replacements)


def _pad_cases(rng):
    cases = []
    for label, n in [*sizes_for(rng, "T_x m", {"m": 1}, {"T_x": 1}), equal_sizes("T_x m", 4)]:
        lengths = rng.integers(1, n["T_x"] + 1, size=n["m"])
        if n["m"] > 1 and n["T_x"] > 1:
            # Once the first is the longest, else neither the first nor the last.
            lengths[:3] = (n["T_x"] - 1, n["T_x"], 1) if len(cases) != 1 else (n["T_x"], 1, n["T_x"] - 1)
        else:
            lengths[-1] = n["T_x"]
        sequences = [rng.integers(0, 30, size=length).tolist() for length in lengths]
        sequences[0][-1] = 0  # index 0 is a word like any other, also at the end
        cases.append(Case((sequences,), n, label))
    return cases


PAD_BATCH = Exercise(
    id="pad_batch",
    chapter=CHAPTER,
    reference=pad_batch,
    cases=_pad_cases,
    parts=(
        Part("indices", 14, Array("T_x m", kinds="iu"), (0,)),
        Part("mask", 14, Array("T_x m", kinds="fiub"), (1,)),
        intact(2),
    ),
    hints=(
        "How many rows and columns has the result? As many rows as the longest sequence has steps, one column for each "
        "sequence.",
        "Start with two arrays of that shape: zeros of whole numbers, `np.zeros((T_x, m), dtype=int)`, and False "
        "everywhere, `dtype=bool`.",
        "Sequence i fills the first len(sequence) rows of column i. In the same places the mask is True.",
        "The mask comes from the lengths, not from the numbers: 0 is the number of a real token too.",
    ),
    misconceptions=(
        mistake(
            "mask_inverted", _pad((BACK, "return indices, ~mask")),
            "Your mask is inverted: it is True in the padding. True marks what counts, the real tokens; the loss is "
            "then multiplied with the mask.", "padding-and-mask"),
        mistake(
            "mask_from_the_numbers", _pad((BACK, "return indices, indices != 0")),
            "You take every 0 for padding. But 0 is also the number of the first token of the dictionary. Only the "
            "lengths tell what is real.", "padding-and-mask"),
        mistake(
            "padding_in_front",
            _pad((FILL, "indices[T_x - len(sequence):, i] = sequence"), (MARK, "mask[T_x - len(sequence):, i] = True")),
            "The padding stands in front of the words. It follows them: then the first word is at t = 0 for every "
            "example, and a^<0> meets a word.", "padding-and-mask",
            _pad((FILL, "indices[T_x - len(sequence):, i] = sequence"))),
        mistake(
            "mask_in_front", _pad((MARK, "mask[T_x - len(sequence):, i] = True")),
            "The mask marks the last steps, but the words stand in the first ones. Both begin at t = 0.",
            "padding-and-mask"),
        mistake(
            "sequences_in_rows", _pad((BACK, "return indices.T, mask.T")),
            "Each sequence is a row: the shape is (m, T_x). Time comes first here, and each example is a column: "
            "(T_x, m).", "padding-and-mask",
            _pad((BACK, "return indices.T, mask")), _pad((BACK, "return indices, mask.T"))),
        mistake(
            "cut_to_the_shortest",
            _pad((LENGTH, LENGTH.replace("max", "min")), (FILL, "indices[:, i] = sequence[:T_x]"),
                 (MARK, "mask[:, i] = True")),
            "You cut all sequences to the shortest one and throw words away. They are padded to the longest.",
            "padding-and-mask",
            _pad((LENGTH, LENGTH.replace("max", "min")))),
        mistake(
            "length_of_the_first",
            _pad((LENGTH, "T_x, m = len(sequences[0]), len(sequences)")),
            "You take the length of the first sequence for that of all. Another one may be longer: T_x is the largest "
            "length.", "padding-and-mask",
            _pad((LENGTH, "T_x, m = len(sequences[0]), len(sequences)"), (FILL, FILL + "[:T_x]"))),
        mistake(
            "length_one_too_many", _pad((LENGTH, LENGTH + "\n    T_x += 1")),
            "There is a row too many: T_x is the largest length itself. (Room for \"<EOS>\" is made when sentences are "
            "prepared for a language model, in chapter 6.)", "padding-and-mask"),
        mistake(
            "padding_of_minus_one", _pad((BACK, "return np.where(mask, indices, -1), mask")),
            "You pad with -1. Then `one_hot` has no such index, or takes the last one. Pad with 0, a valid index; the "
            "mask says that it does not count.", "padding-and-mask"),
        mistake(
            "last_word_repeated",
            _pad((FILL, "indices[:, i] = sequence[-1]\n        " + FILL)),
            "You repeat the last word as padding. Pad with 0: repeated words look as if they had been written.",
            "padding-and-mask"),
        mistake(
            "floating_indices", _pad((ZEROS, ZEROS.replace("dtype=np.int64", "dtype=float"))),
            "The indices are floating-point numbers, because `np.zeros` makes floats unless told otherwise. An index "
            "must be a whole number: dtype=int.", "padding-and-mask"),
        mistake(
            "lengths_for_mask", _pad((BACK, "return indices, mask.sum(axis=0)")),
            "In place of the mask you return the lengths. They say the same, but the mask has the shape of the "
            "indices, so that one product leaves out the padding.", "padding-and-mask",
            _pad((BACK, "return indices, [len(sequence) for sequence in sequences]"))),
        mistake(
            "mask_missing", _pad((BACK, "return indices")),
            "Only the indices come back. Without the mask nobody knows which 0 is a word and which is padding: return "
            "both.", "padding-and-mask"),
        mistake(
            "mask_true_everywhere", _pad((MARK, "mask[:, i] = True")),
            "The mask is True everywhere, so the padding counts in the loss: the network would learn to predict it.",
            "padding-and-mask"),
        mistake(
            "mask_one_too_long", _pad((MARK, "mask[:len(sequence) + 1, i] = True")),
            "The mask is True one step too long. Counted from 0, a sequence of length 3 has the steps 0, 1 and 2: "
            "t < 3, not t <= 3.", "padding-and-mask"),
        mistake(
            "mask_one_too_short", _pad((MARK, "mask[:len(sequence) - 1, i] = True")),
            "The mask ends one step too early: the last word of each sequence does not count.", "padding-and-mask"),
        mistake(
            "pad_results_swapped", _pad((BACK, "return mask, indices")),
            "The results come in the other order: first the indices, then the mask.", "padding-and-mask"),
        mistake(
            "sequences_extended",
            _pad((LOOP, "lengths = [len(sequence) for sequence in sequences]\n    " + LOOP),
                 (FILL, "sequence += [0] * (T_x - len(sequence))\n        indices[:, i] = sequence"),
                 (MARK, "mask[:lengths[i], i] = True")),
            "You lengthen the lists that you were given. They belong to whoever called the function, and their lengths "
            "are lost: build new arrays, or copy a list before you add to it.", "padding-and-mask",
            _pad((FILL, "sequence += [0] * (T_x - len(sequence))\n        indices[:, i] = sequence")),
            _pad((FILL, "while len(sequence) < T_x:\n            sequence.append(0)\n        "
                        "indices[:, i] = sequence"))),
        mistake(
            "sorted_by_length",
            _pad((LOOP, "for i, sequence in enumerate(sorted(sequences, key=len, reverse=True)):")),
            "You sort the sequences by length. Some libraries want that; here example i stays example i, or its labels "
            "would belong to another.", "padding-and-mask",
            _pad((LOOP, "for i, sequence in enumerate(sorted(sequences, key=len)):"))),
        mistake(
            "ragged_array",
            _pad((BACK, "return np.array(sequences, dtype=object), mask")),
            "An array of lists is no array of numbers: rows of different lengths do not fit together. That is what the "
            "padding is for.", "padding-and-mask",
            _pad((BACK, "return sequences, mask")),
            _pad((BACK, "return np.array(sequences), mask"))),
        mistake(
            "one_mask_for_all", _pad((BACK, "return indices, mask.all(axis=1)")),
            "There is one mask for the whole batch. Each example has a length of its own, and so its own column in the "
            "mask: (T_x, m).", "padding-and-mask",
            _pad((BACK, "return indices, mask.any(axis=1)"))),
        mistake(
            "mask_in_place_of_numbers", _pad((FILL, "indices[:len(sequence), i] = 1")),
            "Your indices are all 1 where words stand. Copy the numbers of the sequence into the column; the ones "
            "belong to the mask.", "padding-and-mask"),
    ),
)
