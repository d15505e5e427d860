"""Exercises of chapter 2, first part: the dictionary, and words looked up in it."""

import itertools

from autograder.engine import Array, Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises.mistakes import mistakes_in
from solutions import EOS, UNK, build_vocabulary, encode

CHAPTER = "02_notation"
mistake = mistakes_in(CHAPTER)

WORDS = ["The", "the", "Harry", "Ron", "a", "and", "book", "new", "owl", "sat", "spell", "wand", "with", "Luna"]

# --- build_vocabulary ------------------------------------------------------------------------------------------

KEPT = "kept = sorted(ranked[:max_size - 2])"
RANKED = "ranked = sorted(counts, key=lambda token: (-counts[token], token))"
RETURN = "return {token: index for index, token in enumerate([*kept, EOS, UNK])}"


def _vocabulary(*replacements):
    return Patched(build_vocabulary, *replacements)


def _sentences(rng, words, counts):
    """Write sentences with these words, each as often as counted; the last in the alphabet of those with 2 is first."""
    text = [word for word, count in zip(words, counts, strict=True) for _ in range(count)]
    text = [text[place] for place in rng.permutation(len(text))]
    twice = max(word for word, count in zip(words, counts, strict=True) if count == 2)
    text.remove(twice)
    text.insert(0, twice)
    cuts = sorted({0, len(text), *(int(cut) for cut in rng.integers(3, len(text) - 2, size=4))})
    return [text[begin:end] for begin, end in itertools.pairwise(cuts)]


def _vocabulary_cases(rng):
    counts = [6, 5, 4, 2, 2, 2, 2, 1, 1, 1]
    cases = []
    for max_size, label in ((40, "all tokens fit"), (12, "all tokens just fit"), (7, "more tokens than places"),
                            (8, "more tokens than places"), (5, "more tokens than places")):
        words = [WORDS[place] for place in rng.permutation(len(WORDS))[:len(counts)]]
        cases.append(Case((_sentences(rng, words, counts), max_size), label=label))
    return [*cases, Case(([cases[0].args[0][0][:3]], 5), label="one sentence")]


BUILD_VOCABULARY = Exercise(
    id="build_vocabulary",
    chapter=CHAPTER,
    reference=build_vocabulary,
    cases=_vocabulary_cases,
    parts=(Part("vocabulary", 23, Exact("a dict from token to index", ordered=False)), intact(2)),
    hints=(
        "Four steps: count every token of every sentence; rank the tokens; keep the first max_size - 2 of them; number "
        "them.",
        "Count with a dict: `counts[token] = counts.get(token, 0) + 1`, or with `collections.Counter`.",
        "`sorted` takes a key. A tuple as key, `(-counts[token], token)`, puts frequent tokens first and decides ties "
        "by the alphabet.",
        "What you keep is sorted once more, by the alphabet. Behind it come \"<EOS>\" and \"<UNK>\". "
        "`enumerate` gives the numbers from 0 on.",
    ),
    misconceptions=(
        mistake(
            "order_of_a_set", _vocabulary((KEPT, "kept = list(set(ranked[:max_size - 2]))")),
            "The tokens are numbered in the order of a `set`. Python shuffles it anew each time it starts, so a model "
            "that you save today reads nonsense tomorrow. Sort the tokens before you number them.", "the-dictionary",
            _vocabulary((KEPT, "kept = list({t for s in sentences for t in s} & set(ranked[:max_size - 2]))")),
            _vocabulary((KEPT, "kept = list(set(t for s in sentences for t in s))[:max_size - 2]"))),
        mistake(
            "unk_missing", _vocabulary((RETURN, RETURN.replace("EOS, UNK", "EOS"))),
            "There is no \"<UNK>\". A dictionary of finite size will meet words that it does not hold; they all need "
            "this one entry.", "unknown-words",
            _vocabulary((RETURN, RETURN.replace("EOS, UNK", "EOS")), (KEPT, KEPT.replace("2", "1")))),
        mistake(
            "eos_missing", _vocabulary((RETURN, RETURN.replace("EOS, UNK", "UNK"))),
            "There is no \"<EOS>\". It ends a sentence; a network that writes (chapter 7) would never stop without "
            "it.", "the-dictionary",
            _vocabulary((RETURN, RETURN.replace("EOS, UNK", "UNK")), (KEPT, KEPT.replace("2", "1")))),
        mistake(
            "special_tokens_missing", _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "kept"))),
            "The two special entries, \"<EOS>\" and \"<UNK>\", are missing. They stand behind the tokens, and take two "
            "of the max_size places.", "unknown-words",
            _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "kept")),
                        (KEPT, "kept = sorted(ranked[:max_size])"))),
        mistake(
            "special_tokens_not_counted", _vocabulary((KEPT, "kept = sorted(ranked[:max_size])")),
            "The dictionary gets larger than max_size. \"<EOS>\" and \"<UNK>\" are entries like the others: they leave "
            "max_size - 2 places for tokens.", "the-dictionary",
            _vocabulary((KEPT, "kept = sorted(ranked[:max_size - 1])"))),
        mistake(
            "special_tokens_first", _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "[EOS, UNK, *kept]"))),
            "The special entries have the first numbers. Many libraries do it so; here they stand at the end: tokens "
            "in alphabetical order, then \"<EOS>\", then \"<UNK>\".", "the-dictionary",
            _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "[UNK, EOS, *kept]"))),
            _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "[UNK, *kept, EOS]"))),
            _vocabulary((RETURN, RETURN.replace("[*kept, EOS, UNK]", "[EOS, *kept, UNK]")))),
        mistake(
            "special_tokens_swapped", _vocabulary((RETURN, RETURN.replace("EOS, UNK", "UNK, EOS"))),
            "\"<EOS>\" and \"<UNK>\" are exchanged: \"<EOS>\" comes first, \"<UNK>\" has the last number.",
            "the-dictionary"),
        mistake(
            "order_of_frequency", _vocabulary((KEPT, "kept = ranked[:max_size - 2]")),
            "Your tokens are numbered by how frequent they are. The frequency decides which ones stay; their numbers "
            "follow the alphabet.", "the-dictionary"),
        mistake(
            "order_of_appearance",
            _vocabulary((KEPT, "kept = [token for token in counts if token in ranked[:max_size - 2]]")),
            "Your tokens are numbered in the order in which they appear. Then the dictionary depends on which sentence "
            "comes first. Number them by the alphabet.", "the-dictionary",
            _vocabulary((KEPT, "kept = list(counts)[:max_size - 2]"))),
        mistake(
            "alphabet_decides_who_stays", _vocabulary((KEPT, "kept = sorted(counts)[:max_size - 2]")),
            "When there are more tokens than places you keep the first in the alphabet. The most frequent ones stay: "
            "rare words do least harm as \"<UNK>\".", "the-dictionary"),
        mistake(
            "first_come_stays", _vocabulary((KEPT, "kept = sorted(list(counts)[:max_size - 2])")),
            "When there are more tokens than places you keep those that come first in the text. The most frequent ones "
            "stay.", "the-dictionary"),
        mistake(
            "ties_by_appearance", _vocabulary((RANKED, "ranked = sorted(counts, key=lambda token: -counts[token])")),
            "Of tokens that are equally frequent you keep those that appear first (`Counter.most_common` does that). "
            "The first in the alphabet stay, so that the order of the sentences changes nothing.", "the-dictionary"),
        mistake(
            "ties_from_the_end",
            _vocabulary((RANKED, "ranked = sorted(counts, key=lambda token: (counts[token], token), reverse=True)")),
            "Of equally frequent tokens you keep the last in the alphabet. `reverse=True` turns round the whole key, "
            "the alphabet too: write -counts[token] instead.", "the-dictionary"),
        mistake(
            "rarest_stay",
            _vocabulary((RANKED, "ranked = sorted(counts, key=lambda token: (counts[token], token))")),
            "You keep the rarest tokens. Put the most frequent first: `sorted` goes from small to large.",
            "the-dictionary"),
        mistake(
            "max_size_ignored", _vocabulary((KEPT, "kept = sorted(ranked)")),
            "`max_size` is ignored: all tokens are in the dictionary. At most max_size - 2 of them stay.",
            "the-dictionary"),
        mistake(
            "numbers_from_one", _vocabulary((RETURN, RETURN.replace("UNK])", "UNK], start=1)"))),
            "The numbers begin with 1. An index is a place in a one-hot vector, and Python counts places from 0.",
            "the-dictionary"),
        mistake(
            "index_to_token", _vocabulary((RETURN, "return dict(enumerate([*kept, EOS, UNK]))")),
            "This dict leads from index to token. It is wanted the other way round, from token to index: words are "
            "looked up.", "the-dictionary"),
        mistake(
            "list_of_tokens", _vocabulary((RETURN, "return [*kept, EOS, UNK]")),
            "You return a list of the tokens. A dict from token to index is wanted: looking up a word in it takes one "
            "step, however large it is.", "the-dictionary",
            _vocabulary((RETURN, "return list(enumerate([*kept, EOS, UNK]))")),
            _vocabulary((RETURN, "return [(token, index) for index, token in enumerate([*kept, EOS, UNK])]"))),
        mistake(
            "all_in_small_letters", _vocabulary(("for token in sentence:", "for token in map(str.lower, sentence):")),
            "You write all tokens in small letters. \"The\" and \"the\" are different tokens here; and a capital is "
            "what tells a name.", "the-dictionary"),
        mistake(
            "capitals_sorted_among",
            _vocabulary((KEPT, "kept = sorted(ranked[:max_size - 2], key=str.lower)")),
            "You sort without regard to capitals. `sorted` as it is puts all capitals before the small letters, and "
            "that is the order wanted here.", "the-dictionary",
            _vocabulary((KEPT, "kept = sorted(sorted(ranked[:max_size - 2]), key=str.lower)"))),
        mistake(
            "counts_for_indices",
            _vocabulary((RETURN, "return {**{token: counts[token] for token in kept}, EOS: 0, UNK: 0}")),
            "The values are how often each token stands in the text. They should be its number: 0, 1, 2, … without a "
            "gap.", "the-dictionary",
            _vocabulary((RETURN, "return {token: counts[token] for token in kept}")),
            _vocabulary((KEPT, "return counts"))),
        mistake(
            "first_sentence_only", _vocabulary(("for sentence in sentences:", "for sentence in sentences[:1]:")),
            "Only the first sentence is read. Is a `return` too far to the right, inside the loop?", "the-dictionary"),
        mistake(
            "letters_for_tokens",
            _vocabulary(("for token in sentence:", "for token in ' '.join(sentence):")),
            "The entries are letters. A sentence is already a list of tokens: count those, and do not take them apart.",
            "the-dictionary", _vocabulary(("for token in sentence:", "for token in ''.join(sentence):"))),
    ),
)

# --- encode ----------------------------------------------------------------------------------------------------

UNKNOWN = "unknown = vocabulary.get(UNK)"
LOOK_UP = "return np.array([vocabulary.get(token, unknown) for token in tokens], dtype=np.int64)"


def _encode(new):
    return Patched(encode, (LOOK_UP, new))


def _unknown(new):
    return Patched(encode, (UNKNOWN, f"unknown = {new}"))


def _encode_cases(rng):
    cases, words = [], [word for word in WORDS if word.lower() != "the"]
    for label, n_known, n_strange in (("", 5, 2), ("", 3, 3), ("T_x = 1", 1, 0), ("T_x = 1, unknown", 0, 1),
                                      ("numbers in any order", 4, 2)):
        words = [words[place] for place in rng.permutation(len(words))]
        known, strange = ["the", *words[:7]], ["The", *words[7:]]
        tokens = [known[int(place)] for place in rng.integers(len(known), size=n_known)] + strange[:n_strange]
        tokens = [tokens[place] for place in rng.permutation(len(tokens))]
        entries = [*sorted(known), EOS, UNK]
        numbers = rng.permutation(len(entries)) if "order" in label else range(len(entries))
        vocabulary = {entry: int(number) for entry, number in zip(entries, numbers, strict=True)}
        cases.append(Case((tokens, vocabulary), {"T_x": len(tokens)}, label))
    return cases


ENCODE = Exercise(
    id="encode",
    chapter=CHAPTER,
    reference=encode,
    cases=_encode_cases,
    parts=(Part("indices", 18, Array("T_x", kinds="iu")), intact(2)),
    hints=(
        "One number for each token, in the order of the tokens. The dict has them.",
        "`vocabulary[token]` fails for a word that is not there. What should such a word become?",
        "`vocabulary.get(token, other)` gives `other` where there is no such token. The other is the number of "
        "\"<UNK>\".",
    ),
    misconceptions=(
        mistake(
            "unknown_word_raises", _encode("return np.array([vocabulary[token] for token in tokens])"),
            "A word that is not in the dictionary stops your function with a KeyError. It gets the number of "
            "\"<UNK>\".", "unknown-words"),
        mistake(
            "unknown_word_left_out",
            _encode("return np.array([vocabulary[token] for token in tokens if token in vocabulary])"),
            "Unknown words are left out, so the sentence gets shorter and no longer fits its labels. Each of the T_x "
            "tokens gives one number: an unknown one that of \"<UNK>\".", "unknown-words",
            _encode("return np.array([vocabulary[t] for t in tokens if t in vocabulary], dtype=np.int64)")),
        mistake(
            "unknown_word_is_zero", _unknown("0"),
            "Unknown words become 0. But 0 is the number of a real token. They get the number of \"<UNK>\".",
            "unknown-words"),
        mistake(
            "unknown_word_is_minus_one", _unknown("-1"),
            "Unknown words become -1. As an index that is the last place of an array, and in a dictionary no number "
            "at all. They get the number of \"<UNK>\".", "unknown-words"),
        mistake(
            "unknown_word_is_the_last", _unknown("len(vocabulary) - 1"),
            "You take the last number for \"<UNK>\". In this book's dictionaries it is, in others not: ask the dict, "
            "`vocabulary[\"<UNK>\"]`.", "unknown-words", _unknown("max(vocabulary.values())")),
        mistake(
            "unknown_word_beyond_the_end", _unknown("len(vocabulary)"),
            "Unknown words get a number that is too large for a dictionary of this size; a one-hot vector has no such "
            "place. They get the number of \"<UNK>\".", "unknown-words"),
        mistake(
            "unknown_word_is_none", _encode("return [vocabulary.get(token) for token in tokens]"),
            "Unknown words become None: `get` has no second argument. It is the number of \"<UNK>\".",
            "unknown-words",
            _encode("return np.array([vocabulary.get(token) for token in tokens], dtype=np.int64)")),
        mistake(
            "unknown_word_ends_the_sentence", _unknown("vocabulary.get(EOS)"),
            "Unknown words become \"<EOS>\", as if the sentence ended there. They get the number of \"<UNK>\".",
            "unknown-words"),
        mistake(
            "unknown_word_added",
            _encode("return np.array([vocabulary.setdefault(token, len(vocabulary)) for token in tokens])"),
            "You add unknown words to the dictionary. The network has a fixed number of inputs, n_x: once it is "
            "trained, the dictionary stays as it is, and an unknown word is \"<UNK>\".", "unknown-words"),
        mistake(
            "sentence_in_small_letters", _encode(LOOK_UP.replace("get(token,", "get(token.lower(),")),
            "You look up the words in small letters. \"The\" and \"the\" are different tokens here; one that is not "
            "in the dictionary as it is written is \"<UNK>\".", "the-dictionary"),
        mistake(
            "encode_from_one", _encode(LOOK_UP.replace("unknown)", "unknown) + 1")),
            "Every number is one too large. The numbers of the dict are places already, counted from 0.",
            "the-dictionary"),
        mistake(
            "encode_place_in_the_dict",
            _encode("entries = list(vocabulary)\n"
                    "    return np.array([entries.index(t if t in entries else UNK) for t in tokens])"),
            "You take the place at which a token stands in the dict. Its number is the value that the dict holds for "
            "it, `vocabulary[token]`; the two need not agree.", "the-dictionary"),
        mistake(
            "dictionary_of_the_sentence",
            _encode("return np.array([sorted(set(tokens)).index(token) for token in tokens])"),
            "You number the words of this sentence only. The same word must have the same number in every sentence: "
            "look it up in `vocabulary`.", "the-dictionary",
            _encode("return np.array([tokens.index(token) for token in tokens])"),
            _encode("return np.arange(len(tokens))")),
        mistake(
            "encode_as_one_hot",
            _encode(LOOK_UP.replace("return ", "indices = ") + "\n    return np.eye(len(vocabulary))[indices]"),
            "These are one-hot vectors already. `encode` only gives the numbers; `one_hot`, the next exercise, makes "
            "vectors of them.", "the-dictionary",
            _encode(LOOK_UP.replace("return ", "indices = ") + "\n    return np.eye(len(vocabulary))[:, indices]")),
        mistake(
            "encode_in_fractions", _encode(LOOK_UP.replace("dtype=np.int64", "dtype=float")),
            "The indices are floating-point numbers: `np.zeros` and `np.empty` make floats unless told otherwise. With "
            "a float nothing can be looked up in an array: dtype=int.", "the-dictionary"),
        mistake(
            "encode_adds_eos",
            _encode(LOOK_UP.replace("return ", "indices = ") + "\n    return np.append(indices, vocabulary[EOS])"),
            "You put \"<EOS>\" behind the sentence. Language models want that (chapter 6); here T_x tokens give T_x "
            "numbers.", "the-dictionary"),
        mistake(
            "encode_last_token_lost", _encode(LOOK_UP.replace("in tokens]", "in tokens[:-1]]")),
            "The last token is missing. `range(len(tokens))` goes over all of them; with - 1 it ends too early.",
            "the-dictionary", _encode("return [vocabulary.get(token, unknown) for token in tokens[:-1]]")),
        mistake(
            "encode_first_token_lost", _encode(LOOK_UP.replace("in tokens]", "in tokens[1:]]")),
            "The first token is missing: Python counts from 0.", "the-dictionary",
            _encode("return [vocabulary.get(token, unknown) for token in tokens[1:]]")),
        mistake(
            "encode_letters", _encode(LOOK_UP.replace("in tokens]", "in ' '.join(tokens)]")),
            "You look up single letters. The tokens are whole words: go over the list, not over the characters of a "
            "string.", "the-dictionary", _encode(LOOK_UP.replace("in tokens]", "in ''.join(tokens)]"))),
        mistake(
            "encode_returns_at_once",
            _encode("for token in tokens:\n        return np.array([vocabulary.get(token, unknown)])"),
            "Only the first token is looked up: the `return` stands inside the loop.", "the-dictionary",
            _encode("for token in tokens:\n        return vocabulary.get(token, unknown)")),
    ),
)
