"""Chapter 7's mistakes as learners type them, not as the catalogue writes them: each is still called by its name.

Most take other random numbers than the catalogue's function, so that only the two distributions can be compared.
"""

import random
import re

import numpy as np
from wrong_answers import called_by_its_name

from autograder import check
from solutions import count_parameters, rnn_cell_forward, sample_token, softmax, split_words


def flat(probabilities):
    p = probabilities.ravel().astype(np.float64)
    return p / p.sum()


# --- apply_temperature -----------------------------------------------------------------------------------------


def temperature_multiplied_by_hand(logits, temperature):
    e = np.exp(logits * temperature - np.max(logits * temperature, axis=0))
    return e / e.sum(axis=0)


def temperature_power_of_the_temperature(logits, temperature):
    """The power belongs to 1 / temperature."""
    p = softmax(logits) ** temperature
    return p / p.sum(axis=0)


def temperature_divides_probabilities_and_normalises(logits, temperature):
    p = softmax(logits) / temperature
    return p / p.sum(axis=0)


def temperature_subtracted(logits, temperature):
    return softmax(logits - temperature)


def temperature_softmax_of_a_softmax(logits, temperature):
    e = np.exp(logits - logits.max(axis=0))
    y = e / e.sum(axis=0)
    e = np.exp(y / temperature)
    return e / e.sum(axis=0)


def temperature_one_sum_for_all(logits, temperature):
    z = logits / temperature
    e = np.exp(z - np.max(z))
    return e / np.sum(e)


def temperature_naive(logits, temperature):
    scaled = logits / temperature
    e = np.exp(scaled)
    return e / np.sum(e, axis=0, keepdims=True)


def temperature_rows_sum_to_one(logits, temperature):
    z = logits / temperature
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def temperature_in_place(logits, temperature):
    for i in range(logits.shape[1]):
        logits[:, i] = logits[:, i] / temperature
    return softmax(logits)


# --- sample_token ----------------------------------------------------------------------------------------------


def token_likeliest_by_sorting(probabilities, rng):
    return np.argsort(probabilities[:, 0])[-1]


def token_likeliest_by_loop(probabilities, rng):
    best = 0
    for k in range(len(probabilities)):
        if probabilities[k, 0] > probabilities[best, 0]:
            best = k
    return best


def token_choice_without_p(probabilities, rng):
    return rng.choice(len(probabilities))


def token_rounded_point(probabilities, rng):
    return int(rng.random() * len(probabilities))


def token_seed_42(probabilities, rng):
    rng = np.random.default_rng(42)
    return rng.choice(len(probabilities), p=flat(probabilities))


def token_legacy_seed(probabilities, rng):
    state = np.random.RandomState(1)
    return state.choice(len(probabilities), p=flat(probabilities))


def token_seeded_gumbel(probabilities, rng):
    noise = np.random.default_rng(7).gumbel(size=len(probabilities))
    with np.errstate(divide="ignore"):
        return int(np.argmax(np.log(probabilities[:, 0]) + noise))


def token_standard_library(probabilities, rng):
    return random.Random().choices(range(len(probabilities)), weights=probabilities[:, 0].tolist())[0]


def token_own_unseeded_generator(probabilities, rng):
    generator = np.random.default_rng()
    return int(np.argmax(generator.multinomial(1, flat(probabilities))))


def token_column_of_indices(probabilities, rng):
    n_y = probabilities.shape[0]
    return rng.choice(np.arange(n_y), p=probabilities)


def token_p_of_row_zero(probabilities, rng):
    return rng.choice(range(probabilities.shape[0]), p=probabilities[0, :])


def token_list_of_32_bit_numbers(probabilities, rng):
    p = [float(value) for value in probabilities[:, 0]]
    return rng.choice(len(p), p=p)


def token_chooses_among_probabilities(probabilities, rng):
    return rng.choice(probabilities.ravel(), p=flat(probabilities))


def token_one_hot_by_hand(probabilities, rng):
    one_hot = np.zeros((len(probabilities), 1))
    one_hot[rng.choice(len(probabilities), p=flat(probabilities))] = 1
    return one_hot


def token_numbers_from_one(probabilities, rng):
    return rng.choice(np.arange(1, len(probabilities) + 1), p=flat(probabilities))


def token_compares_single_probabilities(probabilities, rng):
    u = rng.uniform()
    for k in range(len(probabilities)):
        if u < probabilities[k, 0]:
            return k
    return len(probabilities) - 1


def token_new_point_each_time(probabilities, rng):
    total = 0.0
    for k in range(len(probabilities)):
        total += probabilities[k, 0]
        if rng.random() < total:
            return k
    return len(probabilities) - 1


def token_sorted_first(probabilities, rng):
    p = np.sort(flat(probabilities))[::-1]
    return rng.choice(len(p), p=p)


def token_softmax_again(probabilities, rng):
    p = np.exp(probabilities.ravel().astype(float))
    return rng.choice(len(p), p=p / p.sum())


# --- sample_sequence -------------------------------------------------------------------------------------------


def sampler(draw=None, feed=None, cap=True, end="<EOS>", first=None, keep_state=True, own_cell=False):
    """Make a sampler in a learner's way of writing, with one thing that is wrong."""
    def sample_sequence(parameters, vocabulary, rng, max_length):
        n_x = len(vocabulary)
        zero = np.zeros((parameters["Waa"].shape[0], 1))
        x, a = np.zeros((n_x, 1)), zero
        if first is not None:
            x = first(x)
        indices, k = [], None
        while (k is None or k != vocabulary.get(end)) and (len(indices) < max_length or not cap):
            before = a if keep_state else zero
            if own_cell:
                a = np.tanh(parameters["Wax"] @ x + parameters["Waa"] @ before + parameters["ba"])
                y = softmax(parameters["Wya"] @ a + parameters["by"])
            else:
                a, y, _ = rnn_cell_forward(x, before, parameters)
            k = rng.choice(n_x, p=flat(y)) if draw is None else draw(y, rng)
            indices.append(int(k))
            x = np.eye(n_x)[:, [k]] if feed is None else feed(x, y, k)
        return indices

    return sample_sequence


def sum_of_all(x, y, k):
    x = x.copy()
    x[k] += 1
    return x


def one_hot_of_the_likeliest(x, y, k):
    return (y == y.max()) * 1.0


SEQUENCES = [
    (sampler(lambda y, rng: np.argsort(y, axis=0)[-1, 0]), "always_the_likeliest"),
    (sampler(lambda y, rng: rng.choice(len(y))), "uniform_sequence"),
    (sampler(lambda y, rng: rng.choice(len(y), p=flat(softmax(y)))), "uniform_sequence"),
    (sampler(lambda y, rng: sample_token(y**2 / (y**2).sum(), rng)), ""),
    (sampler(feed=lambda x, y, k: x, own_cell=True), "x_not_updated"),
    (sampler(feed=sum_of_all), "x_not_cleared"),
    (sampler(keep_state=False, own_cell=True), "a_not_updated"),
    (sampler(feed=lambda x, y, k: y, own_cell=True), "prediction_fed_back"),
    (sampler(feed=one_hot_of_the_likeliest), "likeliest_fed_back"),
    (sampler(feed=lambda x, y, k: np.full_like(x, float(k))), "index_fed_back"),
    (sampler(feed=lambda x, y, k: np.eye(len(x))[k]), "not_a_column"),
    (sampler(first=lambda x: np.eye(len(x))[:, [0]]), "first_input_not_zero"),
    (sampler(first=np.ones_like, own_cell=True), "first_input_not_zero"),
    (sampler(cap=False), "no_cap"),
    (sampler(end="\n"), "newline_ends"),
    (sampler(end="<END>"), "end_token_ignored"),
    (sampler(lambda y, rng: np.random.default_rng().choice(len(y), p=flat(y))), "sequence_other_generator"),
    (sampler(lambda y, rng: np.random.default_rng(5).choice(len(y), p=flat(y))), "sequence_seeded_inside"),
]


def sequence_seeded_at_the_start(parameters, vocabulary, rng, max_length):
    return sampler()(parameters, vocabulary, np.random.default_rng(2024), max_length)


def sequence_breaks_before_appending(parameters, vocabulary, rng, max_length):
    return [k for k in sampler()(parameters, vocabulary, rng, max_length) if k != vocabulary.get("<EOS>")]


def sequence_cap_counted_from_zero(parameters, vocabulary, rng, max_length):
    return sampler()(parameters, vocabulary, rng, max_length + 1)


def sequence_closes_every_sequence(parameters, vocabulary, rng, max_length):
    indices = sampler()(parameters, vocabulary, rng, max_length)
    if len(indices) == max_length and "<EOS>" in vocabulary:
        indices.append(vocabulary["<EOS>"])
    return indices


def sequence_ends_at_index_zero(parameters, vocabulary, rng, max_length):
    x, a, indices = np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), []
    for _ in range(max_length):
        a, y, _ = rnn_cell_forward(x, a, parameters)
        indices.append(rng.choice(len(vocabulary), p=flat(y)))
        if indices[-1] == 0:
            break
        x = np.zeros((len(vocabulary), 1))
        x[indices[-1]] = 1
    return indices


def sequence_wants_an_end_token(parameters, vocabulary, rng, max_length):
    end, k = vocabulary["<EOS>"], -1
    x, a, indices = np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), []
    while k != end and len(indices) < max_length:
        a, y, _ = rnn_cell_forward(x, a, parameters)
        k = sample_token(y, rng)
        x = np.zeros_like(x)
        x[k] = 1
        indices.append(k)
    return indices


def sequence_joined(parameters, vocabulary, rng, max_length):
    words = {index: word for word, index in vocabulary.items()}
    return "".join(words[k] for k in sampler()(parameters, vocabulary, rng, max_length))


def sequence_of_words(parameters, vocabulary, rng, max_length):
    words = {index: word for word, index in vocabulary.items()}
    return [words[k] for k in sampler()(parameters, vocabulary, rng, max_length)]


def sequence_in_32_bits_throughout(parameters, vocabulary, rng, max_length):
    x, a, indices = np.zeros((len(vocabulary), 1), np.float32), np.zeros_like(parameters["ba"]), []
    while len(indices) < max_length and vocabulary.get("<EOS>") not in indices:
        a, y, _ = rnn_cell_forward(x, a, parameters)
        indices.append(int(rng.choice(len(y), p=[float(p) for p in y[:, 0]])))
        x = np.zeros_like(x)
        x[indices[-1]] = 1
    return indices


def sequence_step_outside_of_the_loop(parameters, vocabulary, rng, max_length):
    _, y, _ = rnn_cell_forward(np.zeros((len(vocabulary), 1)), np.zeros_like(parameters["ba"]), parameters)
    indices = []
    for _ in range(max_length):
        indices.append(sample_token(y, rng))
        if indices[-1] == vocabulary.get("<EOS>"):
            break
    return indices


def sequence_of_a_stranger(parameters, vocabulary, rng, max_length, *, most=None, ends=None, close=False):
    n, end = len(vocabulary), vocabulary.get("<EOS>")
    x, a, written = np.zeros((n, 1)), np.zeros((parameters["Waa"].shape[0], 1)), []
    for _ in range(most or max_length):
        a, y, _ = rnn_cell_forward(x, a, parameters)
        written.append(int(rng.choice(n, p=flat(y))))
        if ends(written[-1], end) if ends else written[-1] == end:
            break
        x = np.eye(n)[:, written[-1:]]
    if close and len(written) == most and end is not None:
        written.append(end)
    return written


def sequence_fifty(parameters, vocabulary, rng, max_length):
    return sequence_of_a_stranger(parameters, vocabulary, rng, max_length, most=50)


def sequence_fifty_and_closed(parameters, vocabulary, rng, max_length):
    """As another course does it, with its newline called by the name that is used here."""
    return sequence_of_a_stranger(parameters, vocabulary, rng, max_length, most=50, close=True)


def sequence_end_must_be_true(parameters, vocabulary, rng, max_length):
    return sequence_of_a_stranger(parameters, vocabulary, rng, max_length, ends=lambda k, end: end and k == end)


def sequence_first_only(parameters, vocabulary, rng, max_length):
    return sequence_of_a_stranger(parameters, vocabulary, rng, max_length, ends=lambda k, end: True)


def temperature_of_one_largest_score(logits, temperature):
    e = np.exp((logits - np.max(logits)) / temperature)
    return e / e.sum(axis=0, keepdims=True)


def temperature_power_as_it_is(logits, temperature):
    return np.power(softmax(logits), 1.0 / temperature)


def temperature_cold_is_greedy(logits, temperature):
    return np.eye(len(logits))[logits.argmax(axis=0)].T if temperature < 0.4 else softmax(logits / temperature)


def token_in_a_list(probabilities, rng):
    return [int(rng.choice(len(probabilities), p=flat(probabilities)))]


def token_of_27(probabilities, rng):
    return int(rng.choice(27, p=flat(probabilities)))


def token_first_that_is_larger(probabilities, rng):
    return int(np.argmax(probabilities.ravel() > rng.random()))


def token_rounded_probabilities(probabilities, rng):
    p = np.round(probabilities.ravel(), 1) + 1e-12
    return int(rng.choice(p.size, p=p / p.sum()))


def token_by_the_old_name(probabilities, rng):
    return int((flat(probabilities).cumsum() < rng.rand()).sum())


# --- compare_levels --------------------------------------------------------------------------------------------


def levels(words=str.split, characters=list, size=lambda tokens: len(set(tokens)), bias=True, steps=True):
    """Make a right answer in a learner's way of writing, or one with a single thing that is wrong."""
    def compare_levels(text, n_a):
        def measure(tokens):
            T, n = len(tokens), size(tokens)
            weights = n * n_a + n_a**2 + n * n_a
            return {"length": T, "vocabulary_size": n, "parameters": weights + (n_a + n if bias else 0),
                    "multiplications": weights * (T if steps else 1), "steps_per_word": T / len(words(text))}

        return {"word": measure(words(text)), "character": measure(characters(text))}

    return compare_levels


def levels_every_parameter_multiplied(text, n_a):
    result = levels()(text, n_a)
    for measured in result.values():
        n = measured["vocabulary_size"]
        measured["multiplications"] = count_parameters(n, n_a, n) * measured["length"]
    return result


def levels_mean_word_length(text, n_a):
    result = levels()(text, n_a)
    result["character"]["steps_per_word"] = float(np.mean([len(word) for word in text.split()]))
    return result


LEVELS = [
    (levels(characters=lambda text: re.findall(r"\S", text)), "blanks_left_out"),
    (levels(words=lambda text: text.split(" ")), "split_at_single_blanks"),
    (levels(words=split_words), "punctuation_taken_off"),
    (levels(words=lambda text: re.findall(r"\w+", text)), "punctuation_taken_off"),
    (levels(size=len), "repeated_tokens_counted"),
    (levels(size=lambda tokens: len({*tokens, "<EOS>"})), "end_token_counted"),
    (levels(bias=False), "parameters_without_biases"),
    (levels(characters=lambda text: [*text.replace("\n", "")]), "line_breaks_left_out"),
    (levels(words=lambda text: text.lower().split()), "lower_case"),
    (levels(steps=False), "one_step_only"),
]

# --- all of them -----------------------------------------------------------------------------------------------

WRONG = [
    ("apply_temperature", temperature_multiplied_by_hand, "temperature_inverted"),
    ("apply_temperature", temperature_power_of_the_temperature, "temperature_inverted"),
    ("apply_temperature", temperature_divides_probabilities_and_normalises, "temperature_without_effect"),
    ("apply_temperature", temperature_subtracted, "temperature_without_effect"),
    ("apply_temperature", temperature_softmax_of_a_softmax, "temperature_on_probabilities"),
    ("apply_temperature", temperature_one_sum_for_all, "temperature_over_everything"),
    ("apply_temperature", temperature_naive, "temperature_overflows"),
    ("apply_temperature", temperature_rows_sum_to_one, "temperature_over_the_batch"),
    ("apply_temperature", temperature_in_place, "logits_overwritten"),
    ("sample_token", token_likeliest_by_sorting, "argmax"),
    ("sample_token", token_likeliest_by_loop, "argmax"),
    ("sample_token", token_choice_without_p, "uniform"),
    ("sample_token", token_rounded_point, "uniform"),
    ("sample_token", token_seed_42, "seeded_inside"),
    ("sample_token", token_legacy_seed, "seeded_inside"),
    ("sample_token", token_seeded_gumbel, "seeded_inside"),
    ("sample_token", token_standard_library, "other_generator"),
    ("sample_token", token_own_unseeded_generator, "other_generator"),
    ("sample_token", token_column_of_indices, "column_for_choice"),
    ("sample_token", token_p_of_row_zero, "first_row"),
    ("sample_token", token_list_of_32_bit_numbers, "float32_sum"),
    ("sample_token", token_chooses_among_probabilities, "probability_returned"),
    ("sample_token", token_one_hot_by_hand, "one_hot_returned"),
    ("sample_token", token_numbers_from_one, "counted_from_one"),
    ("sample_token", token_compares_single_probabilities, "not_cumulative"),
    ("sample_token", token_new_point_each_time, "new_number_for_each_token"),
    ("sample_token", token_sorted_first, "sorted_probabilities"),
    ("sample_token", token_softmax_again, "softmax_twice"),
    ("sample_token", token_of_27, "first_row"),
    ("sample_token", token_by_the_old_name, "old_generator"),
    ("sample_token", token_in_a_list, ""),
    ("sample_token", token_first_that_is_larger, "not_cumulative"),
    ("sample_token", token_rounded_probabilities, ""),
    ("apply_temperature", temperature_of_one_largest_score, "temperature_underflows"),
    ("apply_temperature", temperature_power_as_it_is, "power_not_normalised"),
    ("apply_temperature", temperature_cold_is_greedy, ""),
    ("sample_sequence", sequence_fifty, "a_length_of_its_own"),
    ("sample_sequence", sequence_fifty_and_closed, "a_length_of_its_own"),
    ("sample_sequence", sequence_end_must_be_true, "index_zero_is_false"),
    ("sample_sequence", sequence_first_only, "return_in_the_loop"),
    *(("sample_sequence", function, id) for function, id in SEQUENCES),
    ("sample_sequence", sequence_seeded_at_the_start, "sequence_seeded_inside"),
    ("sample_sequence", sequence_breaks_before_appending, "end_token_left_out"),
    ("sample_sequence", sequence_cap_counted_from_zero, "one_token_too_many"),
    ("sample_sequence", sequence_closes_every_sequence, "end_added_at_the_cap"),
    ("sample_sequence", sequence_ends_at_index_zero, "end_at_a_fixed_index"),
    ("sample_sequence", sequence_wants_an_end_token, "end_token_demanded"),
    ("sample_sequence", sequence_joined, "words_for_indices"),
    ("sample_sequence", sequence_of_words, "words_for_indices"),
    ("sample_sequence", sequence_in_32_bits_throughout, "sequence_float32"),
    ("sample_sequence", sequence_step_outside_of_the_loop, "one_prediction_for_all"),
    *(("compare_levels", function, id) for function, id in LEVELS),
    ("compare_levels", levels_every_parameter_multiplied, "biases_multiplied"),
    ("compare_levels", levels_mean_word_length, "steps_without_blanks"),
]

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(WRONG)


def test_the_makers_make_right_answers_where_nothing_is_wrong():
    assert check(sampler(), "sample_sequence").status == "passed"
    assert check(sequence_of_a_stranger, "sample_sequence").status == "passed"
    assert check(sampler(own_cell=True), "sample_sequence").status == "passed"
    assert check(levels(), "compare_levels").status == "passed"
