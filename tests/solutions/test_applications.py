import numpy as np
import pytest

from solutions import (
    APPLICATIONS,
    MOVEMENTS,
    application_kind,
    best_share_without_order,
    extract_entities,
    moving_shapes,
    people_sentences,
    sequence_kind,
    split_words,
)


@pytest.mark.parametrize(("x", "y", "same", "kind"), [
    (False, False, False, "one-to-one"),
    (False, True, False, "one-to-many"),
    (True, False, True, "many-to-one"),
    (True, True, True, "many-to-many, T_x = T_y"),
    (True, True, False, "many-to-many, T_x != T_y"),
])
def test_a_problem_is_named_by_what_goes_in_and_what_comes_out(x, y, same, kind):
    assert sequence_kind(x, y, same) == kind


def test_the_length_matters_only_where_both_are_sequences():
    for x, y in ((False, False), (False, True), (True, False)):
        assert sequence_kind(x, y, True) == sequence_kind(x, y, False)


def test_each_application_has_its_kind():
    kinds = [application_kind(application) for application in APPLICATIONS]
    assert kinds == ["many-to-many, T_x = T_y", "one-to-many", "many-to-one", "many-to-many, T_x = T_y",
                     "many-to-many, T_x != T_y", "many-to-one", "many-to-many, T_x = T_y"]


def test_the_names_of_the_notes_example_are_found():
    tokens = split_words("Harry Potter and Hermione Granger invented a new spell")
    assert extract_entities(tokens, [1, 1, 0, 1, 1, 0, 0, 0, 0]) == [(0, 2, "Harry Potter"), (3, 5, "Hermione Granger")]


def test_a_name_at_the_end_is_found_and_no_name_is_an_empty_list():
    assert extract_entities(["with", "Ron"], [0, 1]) == [(1, 2, "Ron")]
    assert extract_entities(["Ron"], np.array([1])) == [(0, 1, "Ron")]
    assert extract_entities(["a", "spell"], [0, 0]) == []


def test_the_labels_come_back_from_the_names(rng):
    for tokens, labels in zip(*people_sentences(100, rng), strict=True):
        again = np.zeros(len(tokens), int)
        for start, end, text in extract_entities(tokens, labels):
            again[start:end] = 1
            assert " ".join(tokens[start:end]) == text
        assert again.tolist() == labels


@pytest.mark.parametrize(("movements", "share"), [
    (MOVEMENTS, 1 / 2), (["left", "right", "up"], 2 / 3), (["left", "down", "clockwise"], 1), (["up"], 1),
])
def test_a_movement_and_its_reverse_cannot_be_told_apart(movements, share):
    assert best_share_without_order(movements) == share


def test_a_film_run_backwards_shows_the_reverse_movement(rng):
    # What the prediction rests on: seen from behind, films to the left look like films to the right.
    x, y = moving_shapes(200, rng)
    backwards = x[::-1, :, y == MOVEMENTS.index("left")].reshape(12, 8, 8, -1)
    to_the_left, to_the_right = ((backwards[1:] * np.roll(backwards[:-1], step, axis=2)).mean() for step in (-1, 1))
    assert to_the_right > 2 * to_the_left
