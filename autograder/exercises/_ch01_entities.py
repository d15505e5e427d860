"""Exercises of chapter 1, second part: from labels to names."""

from autograder.engine import Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises.mistakes import mistakes_in
from solutions import extract_entities

CHAPTER = "01_applications"
mistake = mistakes_in(CHAPTER)

WORDS = ["Harry", "Potter", "and", "Hermione", "a", "new", "spell", "Ron", "found", "the", "Luna", "map", "with", "old"]

LOOP = "for place, label in enumerate([*labels, 0]):  # the 0 behind the last word ends a name that stands there"
OPEN, CLOSE = "if label == 1 and start is None:", "elif label == 0 and start is not None:"
APPEND = 'entities.append((start, place, " ".join(tokens[start:place])))'
BACK = "return entities"

INSIDE, AT_THE_END = "entities", "entities at the end of a sentence"
LIST = "a list of tuples (start, end, text)"


def _entities(*replacements):
    return Patched(extract_entities, *replacements)


def _append(new):
    return _entities((APPEND, APPEND.replace('(start, place, " ".join(tokens[start:place]))', new)))


def _entity_cases(rng):
    patterns = [
        ("", [0] * int(rng.integers(1, 3)) + [1, 1, 1, 0, 1] + [0] * int(rng.integers(2, 4)) + [1, 1, 0, 0]),
        ("", [1, 1, 0, 1, 1] + [0] * int(rng.integers(3, 5))),
        ("a name at the end", [1, 0, 0, 1, 1, 0, 1, 1]),
        ("a name of one word at the end", [0, 0, 1, 1, 0, 1]),
        ("no name", [0] * int(rng.integers(3, 6))),
        ("only a name", [1] * 3),
        ("T_x = 1", [1]),
        ("T_x = 1", [0]),
    ]
    cases = []
    for label, labels in patterns:
        tokens = [WORDS[place] for place in rng.permutation(len(WORDS))[:len(labels)]]
        part = AT_THE_END if labels[-1] else INSIDE
        cases.append(Case((tokens, labels), {"T_x": len(labels)}, label, (part, "inputs left unchanged")))
    return cases


EXTRACT_ENTITIES = Exercise(
    id="extract_entities",
    chapter=CHAPTER,
    reference=extract_entities,
    cases=_entity_cases,
    parts=(Part(INSIDE, 22, Exact(LIST)), Part(AT_THE_END, 10, Exact(LIST)), intact(2)),
    hints=(
        "Go through the labels from left to right and remember where the name began that you are in, or None.",
        "A name begins at a 1 when you are in none. It ends at a 0 when you are in one: then (start, place, text) is "
        "complete.",
        "What if the sentence ends while you are in a name? Look once more after the loop, or let the loop run over "
        "`[*labels, 0]`.",
        "The text of a name: `\" \".join(tokens[start:end])`.",
    ),
    misconceptions=(
        mistake(
            "last_name_lost", _entities((LOOP, "for place, label in enumerate(labels):")),
            "A name at the end of the sentence is lost: no 0 follows that would end it. When the loop is over, look "
            "whether a name is still open.", "names-as-spans"),
        mistake(
            "end_is_the_last_word", _append('(start, place - 1, " ".join(tokens[start:place]))'),
            "Your end is the last word of the name. It should be the first place behind it, as in every slice of "
            "Python: then tokens[start:end] is the name, and end - start its length.", "names-as-spans",
            _append('(start, place - 1, " ".join(tokens[start:place - 1]))')),
        mistake(
            "length_for_end", _append('(start, place - start, " ".join(tokens[start:place]))'),
            "The second number is the length of the name. It should be the first place behind it.", "names-as-spans"),
        mistake(
            "places_from_one", _append('(start + 1, place + 1, " ".join(tokens[start:place]))'),
            "Your places are counted from 1. Python counts from 0: the first word is tokens[0].", "names-as-spans",
            _append('(start + 1, place, " ".join(tokens[start:place]))')),
        mistake(
            "every_word_its_own_name",
            _entities((OPEN, "if label == 1:"), ("start = place", "entities.append((place, place + 1, tokens[place]))"),
                      (CLOSE, "elif False:")),
            "Every word with a 1 is a name of its own. A run of ones is one name: Harry Potter is one person.",
            "names-as-spans"),
        mistake(
            "start_moves_along", _entities((OPEN, "if label == 1:")),
            "Of each name only the last word is left: you set `start` anew at every 1. It stays where the first 1 "
            "stood.", "names-as-spans"),
        mistake(
            "all_names_one",
            _entities((CLOSE, "elif place == len(labels) and start is not None:"),
                      (APPEND, "text = ' '.join(t for t, y in zip(tokens, labels) if y)\n"
                               "            end = max(k for k, y in enumerate(labels) if y) + 1\n"
                               "            entities.append((start, end, text))")),
            "All words with a 1 are put together into one name. Where a 0 stands between them, a new one begins.",
            "names-as-spans",
            _entities((CLOSE, "elif place == len(labels) and start is not None:"),
                      (APPEND, "end = max(k for k, y in enumerate(labels) if y) + 1\n"
                               "            entities.append((start, end, ' '.join(tokens[start:end])))"))),
        mistake(
            "first_name_only", _entities((APPEND, APPEND + "\n            return entities")),
            "Only the first name is found. Is a `return` or a `break` too far to the right, inside the loop?",
            "names-as-spans",
            _entities((APPEND, APPEND + "\n            break"))),
        mistake(
            "start_not_forgotten",
            _entities(("            start = None", "            pass")),
            "After a name you do not forget where it began, so the next 0 ends it again. Set `start` back to None.",
            "names-as-spans"),
        mistake(
            "labels_inverted", _entities((OPEN, "if label == 0 and start is None:"),
                                         (CLOSE, "elif label == 1 and start is not None:"),
                                         (LOOP, "for place, label in enumerate([*labels, 1]):")),
            "You collect the words with the label 0. A 1 marks a name.", "names-as-spans"),
        mistake(
            "words_without_space", _append('(start, place, "".join(tokens[start:place]))'),
            "The words of a name stand together without a space. `\" \".join(words)` puts one between them.",
            "names-as-spans"),
        mistake(
            "text_as_list", _append("(start, place, tokens[start:place])"),
            "The third item is a list of words. It should be one string: join the words with a space between them.",
            "names-as-spans"),
        mistake(
            "text_missing", _append("(start, place)"),
            "The text is missing. Each name is three things: start, end and text.", "names-as-spans"),
        mistake(
            "places_missing", _append('" ".join(tokens[start:place])'),
            "Only the texts are there. Each name is three things: start, end and text. With the places one finds the "
            "name again in its sentence.", "names-as-spans"),
        mistake(
            "text_first", _append('(" ".join(tokens[start:place]), start, place)'),
            "The order is another one: start, end, and then the text.", "names-as-spans"),
        mistake(
            "one_word_too_many", _append('(start, place, " ".join(tokens[start:place + 1]))'),
            "The text has one word too many, the one behind the name. A slice tokens[start:end] ends before `end`.",
            "names-as-spans",
            _append('(start, place + 1, " ".join(tokens[start:place + 1]))')),
        mistake(
            "first_word_lost", _append('(start, place, " ".join(tokens[start + 1:place]))'),
            "The first word of each name is missing in its text.", "names-as-spans",
            _append('(start + 1, place, " ".join(tokens[start + 1:place]))')),
        mistake(
            "names_of_two_words_only",
            _entities((CLOSE, "elif label == 0 and start is not None and place - start == 1:\n"
                              "            start = None\n        " + CLOSE)),
            "Names of one word are lost. A run may be as short as a single 1.", "names-as-spans"),
        mistake(
            "nothing_for_empty", _entities((BACK, "return entities or None")),
            "Where there is no name you return None. An empty list says the same, and a loop over it just does "
            "nothing.", "names-as-spans"),
        mistake(
            "names_in_a_dict", _entities((BACK, "return {text: (start, end) for start, end, text in entities}")),
            "You return a dict. A name may stand twice in a sentence, and a dict keeps only one: return a list.",
            "names-as-spans",
            _entities((BACK, "return {(start, end): text for start, end, text in entities}"))),
        mistake(
            "labels_lengthened",
            _entities((LOOP, "labels.append(0)\n    for place, label in enumerate(labels):")),
            "You append to `labels`. The list belongs to whoever called the function, and is now longer than its "
            "sentence: work with a copy, `[*labels, 0]`.", "names-as-spans",
            _entities((LOOP, "labels += [0]\n    for place, label in enumerate(labels):"))),
    ),
)
