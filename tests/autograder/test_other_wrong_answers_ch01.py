"""Chapter 1's mistakes as learners type them, not as the catalogue writes them: each is still called by its name."""

import itertools

import numpy as np
from wrong_answers import called_by_its_name, triples

from autograder import check

EQUAL, OTHER = "many-to-many, T_x = T_y", "many-to-many, T_x != T_y"

# --- sequence_kind ---------------------------------------------------------------------------------------------


def kind_read_backwards(x_is_sequence, y_is_sequence, same_length):
    names = {(False, False): "one-to-one", (True, False): "one-to-many", (False, True): "many-to-one"}
    if x_is_sequence and y_is_sequence:
        return EQUAL if same_length else OTHER
    return names[x_is_sequence, y_is_sequence]


def kind_from_pieces_without_lengths(x_is_sequence, y_is_sequence, same_length):
    return ("many" if x_is_sequence else "one") + "-to-" + ("many" if y_is_sequence else "one")


def kind_same_length_first(x_is_sequence, y_is_sequence, same_length):
    if same_length:
        return EQUAL
    if x_is_sequence and y_is_sequence:
        return OTHER
    if x_is_sequence:
        return "many-to-one"
    if y_is_sequence:
        return "one-to-many"
    return "one-to-one"


def kind_with_or(x_is_sequence, y_is_sequence, same_length):
    if x_is_sequence or y_is_sequence:
        if same_length:
            return EQUAL
        return OTHER
    return "one-to-one"


def kind_with_unequal_sign(x_is_sequence, y_is_sequence, same_length):
    return [["one-to-one", "one-to-many"], ["many-to-one", EQUAL if same_length else "many-to-many, T_x ≠ T_y"]][
        x_is_sequence][y_is_sequence]


def kind_with_spaces(x_is_sequence, y_is_sequence, same_length):
    return [["one to one", "one to many"], ["many to one", ["many to many, T_x != T_y", "many to many, T_x = T_y"][
        same_length]]][x_is_sequence][y_is_sequence]


def kind_shown_not_returned(x_is_sequence, y_is_sequence, same_length):
    if x_is_sequence and y_is_sequence:
        print("many-to-many")
    elif x_is_sequence:
        print("many-to-one")


def kind_of_the_lengths_turned_round(x_is_sequence, y_is_sequence, same_length):
    if x_is_sequence and y_is_sequence:
        if not same_length:
            return EQUAL
        return OTHER
    return "many-to-one" if x_is_sequence else "one-to-many" if y_is_sequence else "one-to-one"


# --- application_kind ------------------------------------------------------------------------------------------

RIGHT = {"speech recognition": EQUAL, "music generation": "one-to-many", "sentiment classification": "many-to-one",
         "DNA analysis": EQUAL, "machine translation": OTHER, "video activity recognition": "many-to-one",
         "named entity recognition": EQUAL}


def application_all_labelled(application):
    return EQUAL if application in ("machine translation", "sentiment classification") else RIGHT[application]


def application_speech_as_text(application):
    if application in ("speech recognition", "machine translation"):
        return OTHER
    return RIGHT[application]


def application_video_frame_by_frame(application):
    return {**RIGHT, "video activity recognition": EQUAL}[application]


def application_key_of_the_music(application):
    return "many-to-one" if application == "music generation" else RIGHT[application]


# --- extract_entities ------------------------------------------------------------------------------------------


def entities_end_forgotten(tokens, labels):
    found, start = [], None
    for i in range(len(labels)):
        if labels[i] == 1:
            if start is None:
                start = i
        elif start is not None:
            found.append((start, i, " ".join(tokens[start:i])))
            start = None
    return found


def entities_with_the_last_word_as_end(tokens, labels):
    found, words = [], []
    for i, (token, label) in enumerate(zip(tokens, labels, strict=True)):
        if label:
            words.append(token)
        if words and (not label or i == len(tokens) - 1):
            end = i if label else i - 1
            found.append((end - len(words) + 1, end, " ".join(words)))
            words = []
    return found


def entities_of_one_word(tokens, labels):
    return [(i, i + 1, token) for i, (token, label) in enumerate(zip(tokens, labels, strict=True)) if label]


def entities_as_texts(tokens, labels):
    found, place = [], 0
    for label, run in itertools.groupby(labels):
        n = len(list(run))
        if label == 1:
            found.append(" ".join(tokens[place:place + n]))
        place += n
    return found


def entities_as_pairs(tokens, labels):
    steps = np.diff([0, *labels, 0])
    return list(zip(np.flatnonzero(steps == 1).tolist(), np.flatnonzero(steps == -1).tolist(), strict=True))


def entities_as_word_lists(tokens, labels):
    steps = np.diff([0, *labels, 0])
    return [(int(a), int(b), tokens[a:b])
            for a, b in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)]


def entities_of_the_rest(tokens, labels):
    steps = np.diff([0, *(1 - label for label in labels), 0])
    return [(int(a), int(b), " ".join(tokens[a:b]))
            for a, b in zip(np.flatnonzero(steps == 1), np.flatnonzero(steps == -1), strict=True)]


def entities_returning_in_the_loop(tokens, labels):
    i = 0
    while i < len(labels):
        if labels[i] == 1:
            j = i
            while j < len(labels) and labels[j] == 1:
                j += 1
            return [(i, j, " ".join(tokens[i:j]))]
        i += 1
    return []


def entities_counted_from_one(tokens, labels):
    return [(a + 1, b + 1, text) for a, b, text in (
        (i, j, " ".join(tokens[i:j])) for i in range(len(labels)) for j in range(i + 1, len(labels) + 1)
        if all(labels[i:j]) and not any(labels[i - 1:i]) and not any(labels[j:j + 1]))]


def entities_glued(tokens, labels):
    return [(i, j, "".join(tokens[i:j])) for i in range(len(labels)) for j in range(i + 1, len(labels) + 1)
            if all(labels[i:j]) and not any(labels[i - 1:i]) and not any(labels[j:j + 1])]


# --- best_share_without_order ----------------------------------------------------------------------------------


def share_by_chance(movements):
    return 1.0 / len(movements)


def share_of_all(movements):
    return 1


def share_half_whatever(movements):
    return 1 / 2


def share_of_loners(movements):
    partner = {"left": "right", "up": "down", "clockwise": "anticlockwise"}
    partner |= {b: a for a, b in partner.items()}
    return len([m for m in movements if partner[m] not in movements]) / len(movements)


def share_in_percent(movements):
    axis = {"left": 0, "right": 0, "up": 1, "down": 1, "clockwise": 2, "anticlockwise": 2}
    return len({axis[m] for m in movements}) / len(movements) * 100


def share_with_turns_apart(movements):
    axis = {"left": 0, "right": 0, "up": 1, "down": 1, "clockwise": 2, "anticlockwise": 3}
    return len({axis[m] for m in movements}) / len(movements)


def share_counted_only(movements):
    axis = {"left": 0, "right": 0, "up": 1, "down": 1, "clockwise": 2, "anticlockwise": 2}
    return len({axis[m] for m in movements})


WRONG = {
    "sequence_kind": {
        kind_read_backwards: "in_and_out_exchanged",
        kind_from_pieces_without_lengths: "length_ignored",
        kind_same_length_first: "length_asked_too_early",
        kind_with_or: "or_for_and",
        kind_with_unequal_sign: "kind_spelled_otherwise",
        kind_with_spaces: "kind_spelled_otherwise",
        kind_shown_not_returned: "kind_printed",
        kind_of_the_lengths_turned_round: "lengths_exchanged",
    },
    "application_kind": {
        application_all_labelled: "sentiment_for_each_word",
        application_speech_as_text: "speech_of_other_length",
        application_video_frame_by_frame: "video_for_each_frame",
        application_key_of_the_music: "music_turned_round",
    },
    "extract_entities": {
        entities_end_forgotten: "last_name_lost",
        entities_with_the_last_word_as_end: "end_is_the_last_word",
        entities_of_one_word: "every_word_its_own_name",
        entities_as_texts: "places_missing",
        entities_as_pairs: "text_missing",
        entities_as_word_lists: "text_as_list",
        entities_of_the_rest: "labels_inverted",
        entities_returning_in_the_loop: "first_name_only",
        entities_counted_from_one: "places_from_one",
        entities_glued: "words_without_space",
    },
    "best_share_without_order": {
        share_by_chance: "chance_for_the_best",
        share_of_all: "order_thought_useless",
        share_half_whatever: "always_one_half",
        share_of_loners: "only_whole_pairs",
        share_in_percent: "percent_for_share",
        share_with_turns_apart: "rotation_told_apart",
        share_counted_only: "number_for_share",
    },
}

test_a_mistake_in_a_learners_own_words_is_called_by_its_name = called_by_its_name(triples(WRONG))


def test_two_wrong_kinds_are_both_explained():
    result = check(application_all_labelled, exercise="application_kind")
    assert result.points == 15
    assert "a whole review" in result.message
    assert "12 characters" in result.message
