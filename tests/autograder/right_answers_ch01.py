"""Right answers to the exercises of chapter 1, each written in another way, as different learners do.

``RIGHT_ANSWERS`` maps the id of an exercise to the functions; ``test_right_answers.py`` wants full points for each.
"""

# ruff: noqa: RET505, C406 - written as beginners write

import itertools
import re
from fractions import Fraction

import numpy as np

EQUAL, OTHER = "many-to-many, T_x = T_y", "many-to-many, T_x != T_y"


# --- sequence_kind ---------------------------------------------------------------------------------------------


def kind_with_four_questions(x_is_sequence, y_is_sequence, same_length):
    if not x_is_sequence and not y_is_sequence:
        return "one-to-one"
    elif not x_is_sequence and y_is_sequence:
        return "one-to-many"
    elif x_is_sequence and not y_is_sequence:
        return "many-to-one"
    else:
        if same_length:
            return "many-to-many, T_x = T_y"
        else:
            return "many-to-many, T_x != T_y"


def kind_from_pieces(x_is_sequence, y_is_sequence, same_length):
    kind = ("many" if x_is_sequence else "one") + "-to-" + ("many" if y_is_sequence else "one")
    if x_is_sequence and y_is_sequence:
        kind += ", T_x = T_y" if same_length else ", T_x != T_y"
    return kind


def kind_from_a_table(x_is_sequence, y_is_sequence, same_length):
    return {
        (True, True, True): EQUAL, (True, True, False): OTHER,
        (True, False, True): "many-to-one", (True, False, False): "many-to-one",
        (False, True, True): "one-to-many", (False, True, False): "one-to-many",
        (False, False, True): "one-to-one", (False, False, False): "one-to-one",
    }[x_is_sequence, y_is_sequence, same_length]


def kind_with_match(x_is_sequence, y_is_sequence, same_length):
    match x_is_sequence, y_is_sequence, same_length:
        case True, True, True:
            return EQUAL
        case True, True, False:
            return OTHER
        case True, False, _:
            return "many-to-one"
        case False, True, _:
            return "one-to-many"
        case _:
            return "one-to-one"


def kind_as_one_expression(x_is_sequence, y_is_sequence, same_length):
    return ((EQUAL if same_length else OTHER) if y_is_sequence else "many-to-one") if x_is_sequence else (
        "one-to-many" if y_is_sequence else "one-to-one")


def kind_by_number(x_is_sequence, y_is_sequence, same_length):
    place = 2 * int(x_is_sequence) + int(y_is_sequence)
    names = ["one-to-one", "one-to-many", "many-to-one", EQUAL if same_length else OTHER]
    return names[place]


def kind_with_one_name_to_return(x_is_sequence, y_is_sequence, same_length):
    answer = "one-to-one"
    if y_is_sequence:
        answer = "one-to-many"
    if x_is_sequence:
        answer = "many-to-one"
    if x_is_sequence == y_is_sequence == True and same_length:  # noqa: E712 - as a beginner writes it
        answer = EQUAL
    if x_is_sequence and y_is_sequence and same_length is False:
        answer = OTHER
    return answer


def kind_with_format(x_is_sequence, y_is_sequence, same_length):
    many = {True: "many", False: "one"}
    sign = "=" if same_length else "!="
    lengths = f", T_x {sign} T_y" * (x_is_sequence and y_is_sequence)
    return f"{many[x_is_sequence]}-to-{many[y_is_sequence]}{lengths}"


def kind_as_numpy_string(x_is_sequence, y_is_sequence, same_length):
    return np.array(["one-to-one", "one-to-many", "many-to-one", [OTHER, EQUAL][same_length]])[
        x_is_sequence * 2 + y_is_sequence]


# --- application_kind ------------------------------------------------------------------------------------------


def sequence_kind(x_is_sequence, y_is_sequence, same_length):
    """A learner's own, from the exercise before."""
    return kind_from_pieces(x_is_sequence, y_is_sequence, same_length)


def application_from_a_dict(application):
    return {"speech recognition": EQUAL, "music generation": "one-to-many", "sentiment classification": "many-to-one",
            "DNA analysis": EQUAL, "machine translation": OTHER, "video activity recognition": "many-to-one",
            "named entity recognition": EQUAL}[application]


def application_by_calls(application):
    if application == "speech recognition":
        return sequence_kind(True, True, True)
    if application == "music generation":
        return sequence_kind(False, True, False)
    if application == "sentiment classification":
        return sequence_kind(True, False, False)
    if application == "DNA analysis":
        return sequence_kind(True, True, True)
    if application == "machine translation":
        return sequence_kind(True, True, False)
    if application == "video activity recognition":
        return sequence_kind(True, False, True)
    return sequence_kind(True, True, True)


def application_by_groups(application):
    if application in ["sentiment classification", "video activity recognition"]:
        return "many-to-one"
    elif application == "music generation":
        return "one-to-many"
    elif application == "machine translation":
        return "many-to-many, T_x != T_y"
    return "many-to-many, T_x = T_y"


def application_with_facts(application):
    facts = {"speech recognition": (True, True, True), "music generation": (False, True, False),
             "sentiment classification": (True, False, False), "DNA analysis": (True, True, True),
             "machine translation": (True, True, False), "video activity recognition": (True, False, False),
             "named entity recognition": (True, True, True)}
    x_is_sequence, y_is_sequence, same_length = facts[application]
    return sequence_kind(x_is_sequence, y_is_sequence, same_length)


def application_with_get(application):
    exceptions = {"music generation": "one-to-many", "machine translation": OTHER,
                  "sentiment classification": "many-to-one", "video activity recognition": "many-to-one"}
    return exceptions.get(application, EQUAL)


def application_with_match(application):
    match application:
        case "sentiment classification" | "video activity recognition":
            return sequence_kind(True, False, False)
        case "music generation":
            return sequence_kind(x_is_sequence=False, y_is_sequence=True, same_length=False)
        case "machine translation":
            return sequence_kind(True, True, False)
        case _:
            return sequence_kind(True, True, True)


def application_with_lists(application):
    names = ["speech recognition", "music generation", "sentiment classification", "DNA analysis",
             "machine translation", "video activity recognition", "named entity recognition"]
    kinds = [EQUAL, "one-to-many", "many-to-one", EQUAL, OTHER, "many-to-one", EQUAL]
    return kinds[names.index(application)]


def application_by_first_letter(application):
    x = application != "music generation"
    y = application[0] not in "v" and not application.startswith("sentiment")
    return sequence_kind(x, y, "translation" not in application)


# --- extract_entities ------------------------------------------------------------------------------------------


def entities_with_a_look_after_the_loop(tokens, labels):
    spans = []
    start = None
    for i in range(len(tokens)):
        if labels[i] == 1:
            if start is None:
                start = i
        else:
            if start is not None:
                spans.append((start, i, " ".join(tokens[start:i])))
                start = None
    if start is not None:
        spans.append((start, len(tokens), " ".join(tokens[start:])))
    return spans


def entities_with_two_loops(tokens, labels):
    spans, i = [], 0
    while i < len(labels):
        if labels[i] == 0:
            i += 1
            continue
        j = i
        while j < len(labels) and labels[j] == 1:
            j += 1
        spans.append((i, j, " ".join(tokens[i:j])))
        i = j
    return spans


def entities_with_groupby(tokens, labels):
    spans, place = [], 0
    for label, run in itertools.groupby(labels):
        length = len(list(run))
        if label:
            spans.append((place, place + length, " ".join(tokens[place:place + length])))
        place += length
    return spans


def entities_with_diff(tokens, labels):
    steps = np.diff([0, *labels, 0])
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return [(int(s), int(e), " ".join(tokens[s:e])) for s, e in zip(starts, ends, strict=True)]


def entities_as_numpy_numbers(tokens, labels):
    padded = np.concatenate([[0], labels, [0]])
    edges = np.where(padded[1:] != padded[:-1])[0].reshape(-1, 2)
    return [(start, end, " ".join(tokens[start:end])) for start, end in edges]


def entities_with_a_regular_expression(tokens, labels):
    line = "".join(map(str, labels))
    return [(m.start(), m.end(), " ".join(tokens[m.start():m.end()])) for m in re.finditer("1+", line)]


def entities_by_neighbours(tokens, labels):
    n = len(labels)
    starts = [i for i in range(n) if labels[i] and (i == 0 or not labels[i - 1])]
    ends = [i + 1 for i in range(n) if labels[i] and (i == n - 1 or not labels[i + 1])]
    return [(a, b, " ".join(tokens[a:b])) for a, b in zip(starts, ends, strict=True)]


def entities_word_by_word(tokens, labels):
    spans, words = [], []
    for place, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if label:
            words.append(token)
        elif words:
            spans.append((place - len(words), place, " ".join(words)))
            words = []
    if words:
        spans.append((len(tokens) - len(words), len(tokens), " ".join(words)))
    return spans


def entities_recursive(tokens, labels, offset=0):
    if 1 not in labels:
        return []
    start = labels.index(1)
    end = labels.index(0, start) if 0 in labels[start:] else len(labels)
    first = (offset + start, offset + end, " ".join(tokens[start:end]))
    return [first, *entities_recursive(tokens[end:], labels[end:], offset + end)]


def entities_as_lists(tokens, labels):
    spans = []
    for i, label in enumerate(labels):
        if label == 1 and spans and spans[-1][1] == i:
            spans[-1][1] = i + 1
            spans[-1][2] += " " + tokens[i]
        elif label == 1:
            spans.append([i, i + 1, tokens[i]])
    return spans


# --- best_share_without_order ----------------------------------------------------------------------------------


def share_with_a_set_of_axes(movements):
    axis = {"left": "x", "right": "x", "up": "y", "down": "y", "clockwise": "turn", "anticlockwise": "turn"}
    return len({axis[movement] for movement in movements}) / len(movements)


def share_with_three_questions(movements):
    heaps = 0
    if "left" in movements or "right" in movements:
        heaps += 1
    if "up" in movements or "down" in movements:
        heaps += 1
    if "clockwise" in movements or "anticlockwise" in movements:
        heaps += 1
    return heaps / len(movements)


def share_minus_the_pairs(movements):
    pairs = [("left", "right"), ("up", "down"), ("clockwise", "anticlockwise")]
    lost = sum(one in movements and other in movements for one, other in pairs)
    return 1 - lost / len(movements)


def share_half_for_each_with_a_partner(movements):
    partner = dict([("left", "right"), ("right", "left"), ("up", "down"), ("down", "up"),
                    ("clockwise", "anticlockwise"), ("anticlockwise", "clockwise")])
    return sum(0.5 if partner[m] in movements else 1.0 for m in movements) / len(movements)


def share_with_numpy_mean(movements):
    partner = {"left": "right", "up": "down", "clockwise": "anticlockwise"}
    partner.update({value: key for key, value in partner.items()})
    return np.mean([0.5 if partner[m] in movements else 1 for m in movements])


def share_as_a_fraction(movements):
    groups = [{"left", "right"}, {"up", "down"}, {"clockwise", "anticlockwise"}]
    return float(Fraction(sum(bool(group & set(movements)) for group in groups), len(movements)))


def share_by_films(movements):
    """A film of each, as the places that its shape visits; the best guess for each heap of places."""
    films = {"left": [-0, -1, -2], "right": [-2, -1, 0], "up": [10, 11], "down": [11, 10], "clockwise": [7, 8, 9],
             "anticlockwise": [9, 8, 7]}
    heaps = [tuple(sorted(films[m])) for m in movements]
    return sum(1 / heaps.count(heap) for heap in heaps) / len(heaps)


def share_as_numpy_array(movements):
    code = np.array([["left", "right", "up", "down", "clockwise", "anticlockwise"].index(m) for m in movements])
    return np.array(len(np.unique(code // 2)) / code.size)


def share_in_single_precision(movements):
    first = {"right": "left", "down": "up", "anticlockwise": "clockwise"}
    return np.float32(len({first.get(m, m) for m in movements}) / len(movements))


RIGHT_ANSWERS = {
    "sequence_kind": [
        kind_with_four_questions, kind_from_pieces, kind_from_a_table, kind_with_match, kind_as_one_expression,
        kind_by_number, kind_with_one_name_to_return, kind_with_format, kind_as_numpy_string,
    ],
    "application_kind": [
        application_from_a_dict, application_by_calls, application_by_groups, application_with_facts,
        application_with_get, application_with_match, application_with_lists, application_by_first_letter,
    ],
    "extract_entities": [
        entities_with_a_look_after_the_loop, entities_with_two_loops, entities_with_groupby, entities_with_diff,
        entities_as_numpy_numbers, entities_with_a_regular_expression, entities_by_neighbours, entities_word_by_word,
        entities_recursive, entities_as_lists,
    ],
    "best_share_without_order": [
        share_with_a_set_of_axes, share_with_three_questions, share_minus_the_pairs,
        share_half_for_each_with_a_partner, share_with_numpy_mean, share_as_a_fraction, share_by_films,
        share_as_numpy_array, share_in_single_precision,
    ],
}
