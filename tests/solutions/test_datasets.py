import re

import numpy as np
import pytest

from solutions import dinosaur_names, load_text, people_sentences, split_words
from solutions.datasets import THINGS_OR_PERSONS


def test_dinosaur_names_are_many_different_sorted_and_in_plain_letters():
    names = dinosaur_names()
    assert len(names) >= 400
    assert names == sorted(set(names))
    assert all(name.isascii() and name.isalpha() and name.islower() for name in names)
    assert {"tyrannosaurus", "triceratops", "velociraptor", "yi"} <= set(names)


def test_each_word_of_a_sentence_has_one_label(rng):
    sentences, labels = people_sentences(300, rng)
    assert len(sentences) == len(labels) == 300
    assert all(len(words) == len(marks) for words, marks in zip(sentences, labels, strict=True))
    assert {mark for marks in labels for mark in marks} == {0, 1}


def test_the_same_generator_state_makes_the_same_sentences():
    first, second = (people_sentences(50, np.random.default_rng(5)) for _ in range(2))
    assert first == second


def test_sentences_have_different_lengths_and_hardly_ever_repeat(rng):
    sentences, _ = people_sentences(1000, rng)
    assert len({len(words) for words in sentences}) >= 8
    assert len({tuple(words) for words in sentences}) > 900


def test_the_words_of_the_example_of_the_notes_occur(rng):
    sentences, _ = people_sentences(3000, rng)
    words = {word for sentence in sentences for word in sentence}
    assert set(split_words("Harry Potter and Hermione Granger invented a new spell")) <= words
    said = {tuple(sentence) for sentence in people_sentences(6000, rng)[0] if "Teddy" in sentence}
    assert tuple(split_words("He said Teddy bears are on sale")) in said
    assert tuple(split_words("He said Teddy Roosevelt was a great President")) in said


def test_what_stands_before_a_trap_does_not_tell_whether_it_is_a_name(rng):
    sentences, labels = people_sentences(8000, rng)
    readings = {}
    for words, marks in zip(sentences, labels, strict=True):
        for t, word in enumerate(words):
            if word in THINGS_OR_PERSONS:
                readings.setdefault((*words[:t], word), []).append(marks[t])
    teddy = {prefix: marks for prefix, marks in readings.items() if prefix[-1] == "Teddy"}
    assert len(teddy) == 10
    for marks in teddy.values():
        # About 100 fair coins each: five standard deviations around one half
        assert abs(np.mean(marks) - 0.5) < 2.5 / np.sqrt(len(marks))


def test_what_stands_behind_a_trap_tells_whether_it_is_a_name(rng):
    sentences, labels = people_sentences(3000, rng)
    things = {word: set(followers[0]) for word, followers in THINGS_OR_PERSONS.items()}
    for words, marks in zip(sentences, labels, strict=True):
        for t, word in enumerate(words):
            if word in things:
                assert marks[t] == (words[t + 1] not in things[word])


def test_the_same_word_is_a_place_or_a_person_as_the_words_before_say(rng):
    sentences, labels = people_sentences(3000, rng)
    marks = {mark for words, tags in zip(sentences, labels, strict=True)
             for word, mark in zip(words, tags, strict=True) if word == "London"}
    assert marks == {0, 1}


def test_a_text_file_is_read_as_it_is(tmp_path):
    text = "循环神经网络\n" * 20 + "naïve café\n"
    (tmp_path / "mine.txt").write_bytes(text.encode())
    assert load_text(tmp_path / "mine.txt") == text
    assert load_text(str(tmp_path / "mine.txt")) == text


def test_a_byte_order_mark_and_line_ends_of_windows_are_taken_away(tmp_path):
    (tmp_path / "mine.txt").write_bytes(b"\xef\xbb\xbf" + b"a line of text\r\n" * 10)
    assert load_text(tmp_path / "mine.txt") == "a line of text\n" * 10


def write(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("make", "wanted"), [
    (lambda folder: folder / "none.txt", "there is no such file; give the path of a text file"),
    (lambda folder: folder, "there is no such file; give the path of a text file"),
    (lambda folder: write(folder / "latin.txt", b"x" * 200 + b"\xe9t\xe9"),
     "byte 200 is not UTF-8; save the file as UTF-8 text"),
    (lambda folder: write(folder / "short.txt", b"too short\n"),
     "9 characters are too few to learn from; choose a text of at least 100, better 10000"),
    (lambda folder: write(folder / "empty.txt", b""),
     "0 characters are too few to learn from; choose a text of at least 100, better 10000"),
])
def test_a_file_that_will_not_do_is_refused_in_one_line(make, wanted, tmp_path):
    path = make(tmp_path)
    with pytest.raises(ValueError, match=f"^{re.escape(f'{path}: {wanted}')}$"):
        load_text(path)
