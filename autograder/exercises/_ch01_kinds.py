"""Exercises of chapter 1, first part: which of x and y is a sequence, and what is lost without order."""

from autograder.engine import Array, Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises.mistakes import mistakes_in
from solutions import APPLICATIONS, MOVEMENTS, application_kind, best_share_without_order, sequence_kind

CHAPTER = "01_applications"
mistake = mistakes_in(CHAPTER)

# --- sequence_kind ---------------------------------------------------------------------------------------------

BOTH = 'return "many-to-many, T_x = T_y" if same_length else "many-to-many, T_x != T_y"'
ONLY_X = 'return "many-to-one"'
ONLY_Y = 'return "one-to-many" if y_is_sequence else "one-to-one"'
FIRST, SECOND = "if x_is_sequence and y_is_sequence:", "if x_is_sequence:"


def _kind(*replacements):
    return Patched(sequence_kind, *replacements)


def _spelled(change):
    """Write every answer of the reference in another way; `change` is a method of str with its arguments."""
    return _kind(
        (BOTH, f'return ("many-to-many, T_x = T_y" if same_length else "many-to-many, T_x != T_y"){change}'),
        (ONLY_X, f'return "many-to-one"{change}'),
        (ONLY_Y, f'return ("one-to-many" if y_is_sequence else "one-to-one"){change}'))


def _kind_cases(rng):
    every = [(x, y, same) for x in (False, True) for y in (False, True) for same in (False, True)]
    return [Case(every[place]) for place in rng.permutation(len(every))]


SEQUENCE_KIND = Exercise(
    id="sequence_kind",
    chapter=CHAPTER,
    reference=sequence_kind,
    cases=_kind_cases,
    parts=(Part("kind", 25, Exact("a string")),),
    hints=(
        "Many stands for a sequence, one for a single value or nothing. The name says first what goes in, then what "
        "comes out.",
        "Ask first whether both are sequences. Only then does the third argument matter.",
        "Four questions in a row: both? only x? only y? none? Each ends with a `return` of its own.",
    ),
    misconceptions=(
        mistake(
            "in_and_out_exchanged", _kind((ONLY_X, 'return "one-to-many"'),
                                          (ONLY_Y, 'return "many-to-one" if y_is_sequence else "one-to-one"')),
            "The name says first what goes in, then what comes out. A sequence in and one value out is many-to-one.",
            "kinds-of-problems"),
        mistake(
            "lengths_exchanged",
            _kind((BOTH, 'return "many-to-many, T_x != T_y" if same_length else "many-to-many, T_x = T_y"')),
            "The two kinds of many-to-many are exchanged: `same_length` is True where T_x = T_y.",
            "kinds-of-problems"),
        mistake(
            "length_ignored", _kind((BOTH, 'return "many-to-many, T_x = T_y"')),
            "All many-to-many problems get the same answer. Where the lengths differ another kind of network is needed "
            "(chapter 5), so the two have names of their own.", "kinds-of-problems",
            _kind((BOTH, 'return "many-to-many"')), _kind((BOTH, 'return "many-to-many, T_x != T_y"'))),
        mistake(
            "length_asked_too_early",
            _kind((FIRST, 'if not same_length:\n        return "many-to-many, T_x != T_y"\n    ' + FIRST)),
            "You look at `same_length` before you know that both are sequences. It matters only then: a review of ten "
            "words and a single grade are many-to-one, whatever the third argument says.", "kinds-of-problems",
            _kind((FIRST, 'if same_length:\n        return "many-to-many, T_x = T_y"\n    ' + FIRST))),
        mistake(
            "or_for_and", _kind((FIRST, "if x_is_sequence or y_is_sequence:")),
            "One sequence is enough for you to say many-to-many. Both sides must be sequences: `and`, not `or`.",
            "kinds-of-problems"),
        mistake(
            "one_of_two_overlooked", _kind((FIRST, SECOND)),
            "Whenever x is a sequence you say many-to-many. Look at y too: if it is a single value, the problem is "
            "many-to-one.", "kinds-of-problems"),
        mistake(
            "music_forgotten", _kind((ONLY_Y, 'return "one-to-one"')),
            "Where only the output is a sequence you say one-to-one. That is one-to-many, the kind of music "
            "generation.", "kinds-of-problems"),
        mistake(
            "no_sequence_forgotten", _kind((ONLY_Y, 'return "one-to-many"')),
            "Where neither is a sequence you say one-to-many. That is one-to-one: a standard network.",
            "kinds-of-problems",
            _kind((ONLY_Y, 'if y_is_sequence:\n        return "one-to-many"'))),
        mistake(
            "kind_spelled_otherwise", _spelled('.replace("-", " ")'),
            "The kinds are right, but written in another way. The strings are compared letter by letter: take them as "
            "the docstring has them, with hyphens and in small letters.", "kinds-of-problems",
            _spelled('.replace("-", "_")'), _spelled(".title()"), _spelled(".capitalize()"), _spelled(".upper()"),
            _spelled('.replace("!=", "≠")'), _spelled('.replace(" ", "")'), _spelled('.replace("T_x", "Tx")'),
            _spelled('.replace(",", "")'), _spelled('.replace("-", "")')),
        mistake(
            "kind_printed", _kind((BOTH, BOTH.replace("return", "answer =") + "\n        print(answer)"),
                                  (ONLY_X, 'print("many-to-one")'),
                                  (ONLY_Y, ONLY_Y.replace("return", "answer =") + "\n    print(answer)")),
            "The answer is printed, and the function returns None. `print` shows something to a reader; `return` gives "
            "it to whoever called the function.", "kinds-of-problems", lambda x, y, same: None),
    ),
)

# --- application_kind ------------------------------------------------------------------------------------------

KINDS = {
    "speech recognition": "sequence_kind(True, True, True)",
    "music generation": "sequence_kind(False, True, False)",
    "sentiment classification": "sequence_kind(True, False, False)",
    "DNA analysis": "sequence_kind(True, True, True)",
    "machine translation": "sequence_kind(True, True, False)",
    "video activity recognition": "sequence_kind(True, False, False)",
    "named entity recognition": "sequence_kind(True, True, True)",
}
EQUAL, OTHER, TO_ONE, FROM_ONE = ('"many-to-many, T_x = T_y"', '"many-to-many, T_x != T_y"', '"many-to-one"',
                                  '"one-to-many"')


def _taken_for(application, kind):
    return Patched(application_kind, (f'"{application}": {KINDS[application]}', f'"{application}": {kind}'))


def _application_cases(rng):
    return [Case((APPLICATIONS[place],), parts=(APPLICATIONS[place],)) for place in rng.permutation(len(APPLICATIONS))]


APPLICATION_KIND = Exercise(
    id="application_kind",
    chapter=CHAPTER,
    reference=application_kind,
    cases=_application_cases,
    parts=tuple(Part(application, 3, Exact("a string")) for application in APPLICATIONS),
    hints=(
        "Read the table: for each application ask of x, and then of y, whether there is one of it or one for each "
        "step.",
        "T_x = T_y holds where every step of x has its own y: a label for each word, each base, each frame of sound.",
        "Make a dict with the seven names as keys, and look up the argument. The values may be calls: "
        "`sequence_kind(True, False, False)`.",
    ),
    misconceptions=(
        mistake(
            "speech_of_other_length", _taken_for("speech recognition", OTHER),
            "From sound to written words that would be right: a second of sound has many frames and few words. But in "
            "our data set each of the 48 frames has its own label, the sound that is heard in it.", "the-seven"),
        mistake(
            "speech_to_one_word", _taken_for("speech recognition", TO_ONE),
            "One word for a clip would be a single value. Here y says for each frame which sound is heard, so y is a "
            "sequence too.", "the-seven"),
        mistake(
            "music_from_music", _taken_for("music generation", OTHER),
            "The melody comes out; it does not go in. The input is nothing, or a single whole number (the key).",
            "the-seven", _taken_for("music generation", EQUAL)),
        mistake(
            "music_turned_round", _taken_for("music generation", TO_ONE),
            "Naming the key of a melody would be many-to-one. Here the key is given and the melody is made.",
            "the-seven"),
        mistake(
            "music_is_one", _taken_for("music generation", '"one-to-one"'),
            "A melody is a sequence, of notes. One key in, many notes out.", "the-seven"),
        mistake(
            "sentiment_for_each_word", _taken_for("sentiment classification", EQUAL),
            "There is one y for a whole review, not one for each word: content, or not.", "the-seven",
            _taken_for("sentiment classification", OTHER)),
        mistake(
            "sentiment_of_one", _taken_for("sentiment classification", '"one-to-one"'),
            "A review is a sequence of words; only its grade is a single value.", "the-seven"),
        mistake(
            "dna_to_one", _taken_for("DNA analysis", TO_ONE),
            "The question is not whether there is a gene somewhere, but where: each base has its own label.",
            "the-seven"),
        mistake(
            "dna_of_other_length", _taken_for("DNA analysis", OTHER),
            "A list of genes would have another length. Here every base has a label, between the genes too: T_y = T_x.",
            "the-seven"),
        mistake(
            "translation_of_equal_length", _taken_for("machine translation", EQUAL),
            "A translation need not be as long as what was written: \"5 March 2021\" has 12 characters, "
            "\"2021-03-05\" has 10.", "the-seven"),
        mistake(
            "translation_to_one", _taken_for("machine translation", TO_ONE),
            "The translation is a sequence of characters, not one of a few classes.", "the-seven"),
        mistake(
            "video_for_each_frame", _taken_for("video activity recognition", EQUAL),
            "The activity belongs to the whole film. One label for all frames together: a single value.",
            "the-seven", _taken_for("video activity recognition", OTHER)),
        mistake(
            "video_of_one", _taken_for("video activity recognition", '"one-to-one"'),
            "A film is a sequence of frames, and a frame alone does not show where something moves.", "the-seven"),
        mistake(
            "names_to_one", _taken_for("named entity recognition", TO_ONE),
            "Not \"is there a name in it?\", but \"which words are names?\": a label for each word.", "the-seven"),
        mistake(
            "names_of_other_length", _taken_for("named entity recognition", OTHER),
            "A list of the names would have another length. The network gives a label to every word, so T_y = T_x; "
            "`extract_entities` makes the list afterwards.", "the-seven"),
    ),
    uses=("sequence_kind",),
)

# --- best_share_without_order ----------------------------------------------------------------------------------

HEAPS = "heaps = {frozenset([movement, backwards[movement]]) for movement in movements}"
SHARE = "return len(heaps) / len(movements)"


def _share(*replacements):
    return Patched(best_share_without_order, *replacements)


def _share_cases(rng):
    shuffled = [[MOVEMENTS[place] for place in rng.permutation(len(MOVEMENTS))] for _ in range(4)]
    # Of each pair of reverse movements none, one or both, so that no two wrong guesses agree in every case.
    chosen = [["left", "right", "up"], ["left", "up", "anticlockwise"], ["up", "down", "clockwise", "anticlockwise"],
              ["down"], ["clockwise", "anticlockwise"], ["right", "down"]]
    order = [[movements[place] for place in rng.permutation(len(movements))] for movements in chosen]
    return [Case((movements,)) for movements in (shuffled[0], *order, shuffled[1][:5], shuffled[2][:4],
                                                 shuffled[3][:3])]


BEST_SHARE = Exercise(
    id="best_share_without_order",
    chapter=CHAPTER,
    reference=best_share_without_order,
    cases=_share_cases,
    parts=(Part("share", 18, Array("", kinds="fiub")), intact(2)),
    hints=(
        "Take one film to the left and look at its frames in any order. Which other movement could have left the same "
        "pictures?",
        "left and right leave the same heap of frames; so do up and down, and clockwise and anticlockwise. Of two that "
        "look the same, one can only name one: half of those films are right.",
        "How many heaps that look different are there among `movements`? One film in each of them is right, so to "
        "speak: divide by the number of movements.",
    ),
    misconceptions=(
        mistake(
            "chance_for_the_best", _share((SHARE, "return 1 / len(movements)")),
            "That is what guessing blindly gives. But the frames still tell something without their order: a shape "
            "that moves sideways never changes its row.", "order-matters"),
        mistake(
            "order_thought_useless", _share((SHARE, "return 1.0")),
            "All right without the order? A film and the same film run backwards leave the same frames, so nothing can "
            "tell left from right.", "order-matters"),
        mistake(
            "always_one_half", _share((SHARE, "return 0.5")),
            "One half is right where every movement has its reverse beside it. Look at the list: \"left\" without "
            "\"right\" can be recognised from its frames alone.", "order-matters",
            _share((SHARE, "return 1.0 if len(movements) == 1 else 0.5")),
            _share((SHARE, "return 1.0 if len(heaps) == len(movements) else 0.5"))),
        mistake(
            "share_turned_round", _share((SHARE, "return len(movements) / len(heaps)")),
            "Your share is larger than 1. Divide the number of heaps by the number of movements, not the other way "
            "round.", "order-matters"),
        mistake(
            "number_for_share", _share((SHARE, "return len(heaps)")),
            "That is how many heaps can be told apart. The share of films that are right is this number divided by the "
            "number of movements.", "order-matters"),
        mistake(
            "share_of_the_wrong", _share((SHARE, "return 1 - len(heaps) / len(movements)")),
            "That is the share that must be wrong. The share that can be right is one minus this.", "order-matters"),
        mistake(
            "share_rounded", _share((SHARE, "return len(heaps) // len(movements)")),
            "`//` cuts off the fraction. A share is a fraction: `/`.", "order-matters",
            _share((SHARE, "return round(len(heaps) / len(movements))")),
            _share((SHARE, "return int(len(heaps) / len(movements))"))),
        mistake(
            "rotation_told_apart",
            _share((HEAPS, HEAPS.replace("backwards[movement]",
                                         "movement if 'clock' in movement else backwards[movement]"))),
            "You count clockwise and anticlockwise as different heaps. Run such a film backwards: the same frames, the "
            "other way round.", "order-matters"),
        mistake(
            "up_and_down_told_apart",
            _share((HEAPS, HEAPS.replace("backwards[movement]",
                                         "movement if movement in ('up', 'down') else backwards[movement]"))),
            "You count up and down as different heaps. A film that falls, run backwards, rises.", "order-matters",
            _share((HEAPS, HEAPS.replace("backwards[movement]",
                                         "movement if movement in ('left', 'right') else backwards[movement]")))),
        mistake(
            "straight_movements_taken_for_one",
            _share((HEAPS, "heaps = {'clock' in movement for movement in movements}")),
            "You take all straight movements for one heap. Sideways and upright can be told apart without any order: "
            "the one leaves its row never, the other its column.", "order-matters"),
        mistake(
            "only_whole_pairs",
            _share((HEAPS, "heaps = [m for m in movements if backwards[m] not in movements]")),
            "You count only the movements without a reverse in the list. Of two that look the same one can always name "
            "one, so half of their films are right.", "order-matters"),
        mistake(
            "percent_for_share", _share((SHARE, "return 100 * len(heaps) / len(movements)")),
            "That is a percentage. A share goes from 0 to 1.", "order-matters"),
    ),
)
