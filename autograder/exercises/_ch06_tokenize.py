"""Exercise tokenize of chapter 6, and what the exercises of that chapter share."""

from autograder.engine import Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises.mistakes import mistakes_in
from solutions import EOS, UNK, tokenize

CHAPTER = "06_language_model"
mistake = mistakes_in(CHAPTER)

WORDS = ["apple", "pear", "and", "salad", "is", "fresh", "Cats", "sleep", "a", "lot", "bread", "She",
         "ate", "He", "sold", "six", "plums", "pie"]


def shuffled(rng, items):
    """Return the items in a random order."""
    return [items[place] for place in rng.permutation(len(items))]


def numbered(rng, tokens):
    """Return a vocabulary of these tokens and the two special ones, whose numbers are neither first nor last."""
    order = shuffled(rng, tokens)
    for special in shuffled(rng, [EOS, UNK]):
        order.insert(int(rng.integers(2, len(order) - 1)), special)
    numbers = {token: number for number, token in enumerate(order)}
    return {token: numbers[token] for token in shuffled(rng, order)}


# --- wrong functions -------------------------------------------------------------------------------------------

UNKNOWN = 'unknown = vocabulary["<UNK>"]'
INDICES = "indices = [vocabulary.get(token, unknown) for token in split_words(sentence)]"
RETURN = 'return [*indices, vocabulary["<EOS>"]]'


def _wrong(*replacements):
    return Patched(tokenize, *replacements)


def _unknown(new):
    return _wrong((UNKNOWN, "unknown = " + new))


def _words(new):
    return _wrong((INDICES, INDICES.replace("split_words(sentence)", new)))


def _return(new):
    return _wrong((RETURN, "return " + new))


def _cases(rng):
    cases = []
    for number, label in enumerate(("", "", "", "no unknown word", "one word", "one unknown word")):
        words = shuffled(rng, WORDS)
        inside, (strange, *_) = words[:8], words[8:]
        one, two, three, four, *_ = inside
        middle = shuffled(rng, [one, f"{two},", "the", one, *([strange] * (label == ""))])
        sentence = {"": ["The", *middle, three, four], "no unknown word": ["the", *middle, three],
                    "one word": [one], "one unknown word": [strange]}[label]
        mark = ".!." [number] if number < 3 else ""
        vocabulary = numbered(rng, [*inside, "the", ",", "."])
        if label == "":  # the index 0 too is that of a token
            sentence.insert(1, next(token for token, index in vocabulary.items() if index == 0))
        cases.append(Case((" ".join(sentence) + mark, vocabulary), label=label))
    return cases


TOKENIZE = Exercise(
    id="tokenize",
    chapter=CHAPTER,
    reference=tokenize,
    cases=_cases,
    parts=(Part("indices", 13, Exact("a list of token numbers", whole=True)), intact(2)),
    uses=("encode",),
    hints=(
        "Three steps: cut the sentence into words and marks, look each of them up, put the end behind them.",
        "`split_words(sentence)` does the cutting. It makes a token of its own of the full stop.",
        "`vocabulary.get(token, other)` gives `other` where there is no such token. The other is "
        "`vocabulary[\"<UNK>\"]`.",
        "\"<EOS>\" is an entry of the vocabulary like any other. Its number comes last, once: "
        "`[*indices, vocabulary[\"<EOS>\"]]`.",
    ),
    misconceptions=(
        mistake(
            "no_end_of_sentence", _return("indices"),
            "\"<EOS>\" is missing. Without it the model never learns where a sentence may end, and the probabilities "
            "of all sentences do not sum to one: put its index behind the last token.", "end-of-sentence"),
        mistake(
            "end_in_front", _return('[vocabulary["<EOS>"], *indices]'),
            "\"<EOS>\" stands in front. It is the end of the sentence, and the last thing that the model has to "
            "predict: it comes behind the last token.", "end-of-sentence",
            _return('[vocabulary["<EOS>"], *indices, vocabulary["<EOS>"]]')),
        mistake(
            "append_returned", _return('indices.append(vocabulary["<EOS>"])'),
            "Your function returns None. Is the return statement missing, or do you return what `append` returns? It "
            "changes the list and gives None back: append first, then return the list.", "end-of-sentence"),
        mistake(
            "end_for_the_full_stop", _return('[*indices[:-1], vocabulary["<EOS>"]]'),
            "\"<EOS>\" takes the place of the last token. The full stop is a token of its own, and the end comes "
            "behind it: a sentence may also end with a question mark, or with none.", "end-of-sentence",
            _words("split_words(sentence.rstrip('.!?'))"),
            _wrong((INDICES, INDICES.replace("get(token,", "get('<EOS>' if token == '.' else token,")),
                   (RETURN, "return indices"))),
        mistake(
            "end_only_behind_a_full_stop",
            _return('[*indices, vocabulary["<EOS>"]] if sentence.endswith(".") else indices'),
            "\"<EOS>\" is missing where no full stop stands. Every sentence ends, also one with an exclamation mark or "
            "with none: put its index behind the last token always.", "end-of-sentence",
            _return('[*indices, vocabulary["<EOS>"]] if sentence[-1] in ".!?" else indices')),
        mistake(
            "end_added_to_the_indices", _return('np.array(indices) + [vocabulary["<EOS>"]]'),
            "`encode` gives an array, and `+` between an array and a list adds numbers: the index of \"<EOS>\" is "
            "added to every other. Put it behind them: `[*indices, end]`, or `np.append`.", "end-of-sentence"),
        mistake(
            "end_behind_every_word",
            _wrong((INDICES, 'indices = [k for token in split_words(sentence)\n               '
                             'for k in (vocabulary.get(token, unknown), vocabulary["<EOS>"])][:-1]')),
            "\"<EOS>\" stands behind every token. It ends the sentence, so it comes once, behind the last token. Does "
            "the line stand inside the loop?", "end-of-sentence"),
        mistake(
            "end_as_a_word", _return('[*indices, "<EOS>"]'),
            "The last entry is the text \"<EOS>\" itself. All entries are indices: `vocabulary[\"<EOS>\"]`.",
            "end-of-sentence"),
        mistake(
            "end_cut_apart", _wrong((INDICES, INDICES.replace("(sentence)", "(sentence + ' <EOS>')")),
                                    (RETURN, "return indices")),
            "You write \"<EOS>\" into the sentence and then cut it up: out come \"<\", \"EOS\" and \">\", three "
            "unknown tokens. Cut the sentence first, then put the index of \"<EOS>\" behind it.", "end-of-sentence",
            _wrong((INDICES, INDICES.replace("(sentence)", "(sentence + '<EOS>')")), (RETURN, "return indices"))),
        mistake(
            "end_stuck_to_the_last_word", _wrong((INDICES, INDICES.replace("split_words(sentence)",
                                                                           "(sentence + '<EOS>').split()")),
                                                 (RETURN, "return indices")),
            "\"<EOS>\" sticks to the last word, and both together are an unknown word. Cut the sentence first, then "
            "put the index of \"<EOS>\" behind it.", "end-of-sentence"),
        mistake(
            "end_at_a_fixed_index", _return("[*indices, len(vocabulary) - 1]"),
            "You take a fixed number for \"<EOS>\". Which one it has stands in the vocabulary: "
            "`vocabulary[\"<EOS>\"]`.", "end-of-sentence",
            _return("[*indices, len(vocabulary) - 2]"), _return("[*indices, 0]"), _return("[*indices, -1]"),
            _return("[*indices, len(vocabulary)]"), _return("[*indices, 1]")),
        mistake(
            "unknown_word_at_the_end", _return('[*indices, vocabulary["<UNK>"]]'),
            "Behind the sentence stands \"<UNK>\", a word that is not known. What ends a sentence is \"<EOS>\".",
            "end-of-sentence"),
        mistake(
            "unknown_word_raises", _words("split_words(sentence) if vocabulary[token] >= 0"),
            "A word that is not in the vocabulary stops your function with a KeyError. It gets the index of "
            "\"<UNK>\".", "tokens"),
        mistake(
            "index_zero_taken_for_nothing",
            _wrong((INDICES, INDICES.replace("vocabulary.get(token, unknown)", "(vocabulary.get(token) or unknown)"))),
            "The token with the index 0 becomes \"<UNK>\": 0 counts as false, so `or` (or `if index`) passes over it. "
            "Ask whether the token is in the vocabulary.", "tokens"),
        mistake(
            "unknown_word_left_out", _words("split_words(sentence) if token in vocabulary"),
            "Unknown words are left out, and the sentence becomes another one. Each token gives one index: an unknown "
            "one that of \"<UNK>\".", "tokens"),
        mistake(
            "unknown_word_is_a_number", _unknown("0"),
            "Unknown words get a fixed number. Which one they should have stands in the vocabulary: "
            "`vocabulary[\"<UNK>\"]`.", "tokens",
            _unknown("-1"), _unknown("len(vocabulary)"), _unknown("len(vocabulary) - 1"), _unknown("1"),
            _unknown("len(vocabulary) - 2")),
        mistake(
            "unknown_word_is_none", _unknown("None"),
            "Unknown words become None: `get` has no second argument. It is the index of \"<UNK>\".", "tokens"),
        mistake(
            "unknown_word_as_a_text", _unknown('"<UNK>"'),
            "For unknown words your list holds the text \"<UNK>\". All entries are indices: `vocabulary[\"<UNK>\"]`.",
            "tokens"),
        mistake(
            "unknown_word_ends_the_sentence", _unknown('vocabulary["<EOS>"]'),
            "Unknown words become \"<EOS>\", as if the sentence ended there. They get the index of \"<UNK>\".",
            "tokens"),
        mistake(
            "unknown_word_added",
            _wrong((INDICES, INDICES.replace("get(token, unknown)", "setdefault(token, len(vocabulary))"))),
            "You add unknown words to the vocabulary. Once a network is trained its vocabulary stays as it is, for it "
            "has just as many inputs: an unknown word is \"<UNK>\".", "tokens"),
        mistake(
            "marks_stick_to_words", _words("sentence.split()"),
            "You cut at the blanks only, so \"salad.\" with its full stop is one token, and not known. Marks are "
            "tokens of their own: `split_words` cuts them off.", "tokens",
            _words("sentence.split(' ')"), _words("sentence.lower().split()")),
        mistake(
            "marks_left_out", _words('__import__("re").findall(r"\\w+", sentence)'),
            "The punctuation marks are missing. A full stop or a comma is a token like a word: `split_words` keeps "
            "it.", "tokens",
            _words("(token for token in split_words(sentence) if token.isalpha())"),
            _words("sentence.replace('.', '').replace(',', '').replace('!', '').replace('?', '').split()")),
        mistake(
            "small_letters", _words("split_words(sentence.lower())"),
            "You look the words up in small letters. \"The\" and \"the\" are two tokens here; one that is not in the "
            "vocabulary as it is written is \"<UNK>\".", "tokens",
            _wrong((INDICES, INDICES.replace("get(token, unknown)",
                                             "get(token, vocabulary.get(token.lower(), unknown))")))),
        mistake(
            "numbers_with_a_point", _return('[float(k) for k in (*indices, vocabulary["<EOS>"])]'),
            "Your indices are floating-point numbers. A list or an array cannot be asked for its item number 3.0: "
            "keep them whole.", "tokens",
            _return('np.append(np.zeros(0), [*indices, vocabulary["<EOS>"]])')),
        mistake(
            "letters_for_words", _words("sentence"),
            "Your tokens are single characters. Going over a string gives its letters: cut it into words first, with "
            "`split_words`.", "tokens", _words("list(sentence.replace(' ', ''))")),
        mistake(
            "words_for_indices", _return('[token if token in vocabulary else "<UNK>" for token in '
                                         'split_words(sentence)] + ["<EOS>"]'),
            "Your list holds the tokens themselves. Wanted are their indices, which the network can use: "
            "`vocabulary[token]`.", "tokens",
            _return('split_words(sentence) + ["<EOS>"]'), _return("split_words(sentence)")),
        mistake(
            "place_in_the_dict",
            _wrong((INDICES, "entries = list(vocabulary)\n    indices = [entries.index(t if t in entries else '<UNK>') "
                             "for t in split_words(sentence)]"), (RETURN, "return [*indices, entries.index('<EOS>')]")),
            "You take the place at which a token stands in the dict. Its index is the value that the dict holds for "
            "it, `vocabulary[token]`; the two need not agree.", "tokens",
            _wrong((INDICES, "entries = list(vocabulary)\n    indices = [entries.index(t if t in entries else '<UNK>') "
                             "for t in split_words(sentence)]"))),
        mistake(
            "counted_from_one", _return('[k + 1 for k in (*indices, vocabulary["<EOS>"])]'),
            "Every index is one too large. The numbers of the vocabulary count from 0 already.", "tokens"),
        mistake(
            "repeated_words_dropped",
            _return('[*dict.fromkeys(indices), vocabulary["<EOS>"]]'),
            "A word that comes twice stands in your list only once. A sentence is a sequence, not a set: every token "
            "counts, as often as it comes and where it comes.", "tokens",
            _return('[*sorted(set(indices)), vocabulary["<EOS>"]]'), _words("dict.fromkeys(split_words(sentence))")),
        mistake(
            "one_hot_at_once",
            _return('[[float(k == j) for j in range(len(vocabulary))] for k in (*indices, vocabulary["<EOS>"])]'),
            "These are one-hot vectors. Here only the indices are wanted; `one_hot` makes vectors of them later.",
            "tokens"),
        mistake(
            "last_token_lost", _return("[*indices[:-1]]"),
            "The last token is missing, and so is \"<EOS>\".", "end-of-sentence"),
        mistake(
            "first_token_only",
            _wrong((INDICES, INDICES.replace("split_words(sentence)", "split_words(sentence)[:1]"))),
            "Only the first token is there. Is a `return` too far to the right, inside the loop?", "tokens",
            _return("indices[:1]")),
    ),
)
