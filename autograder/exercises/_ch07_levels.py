"""Exercise compare_levels of chapter 7."""

from autograder.engine import Array, Case, Exact, Exercise, Group, Part, Patched
from autograder.exercises.mistakes import mistakes_in
from solutions import compare_levels

CHAPTER = "07_sampling"
PASSAGE = "words-or-characters"
_mistake = mistakes_in(CHAPTER)

WORDS = ("The", "the", "Cat", "cat", "ate", "a", "fish", "fish.", "and", "and,", "slept", "was", "full", "full!")


def _text(rng, words, gap=" "):
    return gap.join(WORDS[k] for k in rng.integers(len(WORDS), size=words))


def _cases(rng):
    n_a = [int(k) for k in rng.permutation(range(3, 15))]
    texts = {
        "": _text(rng, 30),
        "two lines and double blanks": f"{_text(rng, 12)}\nThe cat  {_text(rng, 9, '  ')}\n",
        "one word": "slept",
        "a text without blanks": "猫吃了鱼，猫睡了。",
    }
    return [Case((text, size), {"n_a": size}, label) for (label, text), size in zip(texts.items(), n_a, strict=False)]


def _both(key, points, compare):
    members = tuple((f"{key} of the {level} level", (level, key), compare) for level in ("word", "character"))
    return Part(key, points, Group(members))


# --- wrong functions -------------------------------------------------------------------------------------------

WORD_TOKENS = "words = text.split()"
CHARACTER_TOKENS = '"character": list(text)'
SIZE = "n = len(set(tokens))"
PARAMETERS = "count_parameters(n, n_a, n)"
PRODUCTS = "len(tokens) * (n_a * n + n_a * n_a + n * n_a)"
STEPS = "len(tokens) / len(words)"


def _wrong(*replacements):
    return Patched(compare_levels, *replacements)


COMPARE_LEVELS = Exercise(
    id="compare_levels",
    chapter=CHAPTER,
    reference=compare_levels,
    cases=_cases,
    parts=(
        _both("length", 4, Exact("a whole number")),
        _both("vocabulary_size", 4, Exact("a whole number")),
        _both("parameters", 4, Exact("a whole number")),
        _both("multiplications", 4, Exact("a whole number")),
        _both("steps_per_word", 4, Array(kinds="fiu")),
    ),
    uses=("count_parameters",),
    hints=(
        "Both levels are measured in the same way; only the list of tokens differs: `text.split()` or `list(text)`. "
        "So write the measuring once, in a loop over the two.",
        "The vocabulary holds each different token once: what does `set` make of a list?",
        "`count_parameters(n_x, n_a, n_y)` counts the parameters; here n_x and n_y are both the size of the "
        "vocabulary.",
        "At each of the T steps W_ax, W_aa and W_ya are multiplied with one column: n_a n_x, n_a n_a and n_y n_a "
        "multiplications. The biases are added, not multiplied.",
    ),
    misconceptions=(
        _mistake(
            "blanks_left_out", _wrong((CHARACTER_TOKENS, '"character": list(text.replace(" ", ""))')),
            "The blanks are missing among your characters. A blank is a token like any other: the model has to write "
            "it too.", PASSAGE,
            _wrong((CHARACTER_TOKENS, '"character": list("".join(words))')),
            _wrong((CHARACTER_TOKENS, '"character": [c for c in text if c.isalpha()]')),
            _wrong((CHARACTER_TOKENS, '"character": list(" ".join(words))'))),
        _mistake(
            "line_breaks_left_out", _wrong((CHARACTER_TOKENS, '"character": list(text.replace("\\n", ""))')),
            "A line break is missing among your characters, or white space at the end of the text. Each is a character "
            "and a token like any other: `list(text)`.", PASSAGE,
            _wrong((CHARACTER_TOKENS, '"character": list("".join(text.splitlines()))')),
            _wrong((CHARACTER_TOKENS, '"character": list(text.strip())'))),
        _mistake(
            "split_at_single_blanks", _wrong((WORD_TOKENS, 'words = text.split(" ")')),
            "`text.split(\" \")` cuts at every single blank: a double blank gives an empty word, and a new line none. "
            "`text.split()` cuts at any white space.", PASSAGE),
        _mistake(
            "punctuation_taken_off",
            _wrong((WORD_TOKENS, 'words = [word.strip(".,!?") for word in text.split()]')),
            "You take the punctuation off the words, or make words of it. Here the words are `text.split()`: a mark "
            "stays with its word.", PASSAGE,
            _wrong((WORD_TOKENS, 'words = __import__("re").findall(r"\\w+", text)')),
            _wrong((WORD_TOKENS, 'words = __import__("solutions").split_words(text)'))),
        _mistake(
            "lower_case", _wrong((WORD_TOKENS, "text = text.lower()\n    words = text.split()")),
            "You turn the text into small letters. Here \"The\" and \"the\" are two tokens: the text is measured as it "
            "is.", PASSAGE, _wrong((WORD_TOKENS, "words = text.lower().split()")),
            _wrong((CHARACTER_TOKENS, '"character": list(text.lower())'))),
        _mistake(
            "repeated_tokens_counted", _wrong((SIZE, "n = len(tokens)")),
            "Your vocabulary counts a token as often as it occurs. It holds each different token once: "
            "`len(set(tokens))`.", PASSAGE),
        _mistake(
            "end_token_counted", _wrong((SIZE, "n = len(set(tokens)) + 1")),
            "Your vocabulary has a token more than the text. A language model adds \"<EOS>\" to it; here the tokens of "
            "the text alone are counted.", PASSAGE,
            _wrong((SIZE, "n = len(set(tokens)) + 2"))),
        _mistake(
            "letters_of_the_words", _wrong((SIZE, "n = len(set(text))")),
            "Both of your vocabularies are those of the characters. At the word level the different words are "
            "counted.", PASSAGE),
        _mistake(
            "one_step_only", _wrong((PRODUCTS, "(n_a * n + n_a * n_a + n * n_a)")),
            "These are the multiplications of a single step. There are T of them, one for each token.", PASSAGE),
        _mistake(
            "products_without_parentheses", _wrong((PRODUCTS, "len(tokens) * n_a * n + n_a * n_a + n * n_a")),
            "Parentheses are missing. All three products are made at each of the T steps: T * (… + … + …).", PASSAGE),
        _mistake(
            "additions_counted_too", _wrong((PRODUCTS, "2 * len(tokens) * (n_a * n + n_a * n_a + n * n_a)")),
            "You count the additions as well. Here only the multiplications count, one for each entry of the matrices "
            "at each step.", PASSAGE),
        _mistake(
            "biases_multiplied", _wrong((PRODUCTS, "len(tokens) * count_parameters(n, n_a, n)")),
            "You count a multiplication for each parameter. The biases b_a and b_y are added, not multiplied: only "
            "the entries of the three matrices count.", PASSAGE),
        _mistake(
            "a_product_left_out", _wrong((PRODUCTS, "len(tokens) * (n_a * n + n * n_a)")),
            "One of the three products is missing: W_ax x, W_aa a and W_ya a are all computed at each step.", PASSAGE,
            _wrong((PRODUCTS, "len(tokens) * (n_a * n + n_a * n_a)")),
            _wrong((PRODUCTS, "len(tokens) * (n_a * n_a + n * n_a)"))),
        _mistake(
            "one_hot_lookup", _wrong((PRODUCTS, "len(tokens) * (n_a + n_a * n_a + n * n_a)")),
            "You count W_ax x as the look-up of a column. That is how clever code does it; here, as in the formula, "
            "it is a product of n_a n_x multiplications.", PASSAGE),
        _mistake(
            "parameters_for_each_step", _wrong((PARAMETERS, "len(tokens) * count_parameters(n, n_a, n)")),
            "You count parameters for each step. All steps share them, so the length of the text plays no part.",
            PASSAGE),
        _mistake(
            "parameters_without_biases", _wrong((PARAMETERS, "n_a * n + n_a * n_a + n * n_a")),
            "The biases are missing among the parameters: b_a has n_a entries and b_y has n_y.", PASSAGE,
            _wrong((PARAMETERS, "n_a * n + n_a * n_a + n * n_a + n_a")),
            _wrong((PARAMETERS, "n_a * n + n_a * n_a + n * n_a + n"))),
        _mistake(
            "parameters_without_a_matrix", _wrong((PARAMETERS, "n_a * n + n_a * n_a + n_a")),
            "A matrix is missing among the parameters. There are three: W_ax (n_a, n_x), W_aa (n_a, n_a) and W_ya "
            "(n_y, n_a); and two biases.", PASSAGE,
            *(_wrong((PARAMETERS, text)) for text in (
                "n_a * n + n_a * n_a + n_a + n", "n_a * n_a + n * n_a + n_a + n", "n_a * n + n * n_a + n_a + n"))),
        _mistake(
            "matrix_with_another_shape", _wrong((PARAMETERS, "n * n + n_a * n_a + n * n_a + n_a + n")),
            "A matrix is counted with another shape. W_ax is (n_a, n_x), W_aa is (n_a, n_a) and W_ya is (n_y, n_a).",
            PASSAGE, _wrong((PARAMETERS, "n_a * n + n * n + n * n_a + n_a + n")),
            _wrong((PARAMETERS, "n_a * n + n_a * n_a + n * n + n_a + n"))),
        _mistake(
            "length_with_an_end", _wrong(('"length": len(tokens)', '"length": len(tokens) + 1')),
            "Your length is one too large, or too small. It is the number of tokens of the text: no <EOS> is added, "
            "and each token is a step.", PASSAGE,
            _wrong(('"length": len(tokens)', '"length": len(tokens) - 1'))),
        _mistake(
            "levels_exchanged", _wrong((CHARACTER_TOKENS, '"character": words'), ('{"word": words', '{"word": '
                                                                                  'list(text)')),
            "The two levels are exchanged: \"word\" holds what belongs to the characters.", PASSAGE),
        _mistake(
            "parameters_in_another_order", _wrong((PARAMETERS, "count_parameters(n_a, n, n)")),
            "The arguments of `count_parameters` are in another order: n_x, n_a, n_y, and n_x = n_y is the size of the "
            "vocabulary.", PASSAGE,
            _wrong((PARAMETERS, "count_parameters(n, n, n_a)"))),
        _mistake(
            "steps_upside_down", _wrong((STEPS, "len(words) / len(tokens)")),
            "steps_per_word is upside down: it is T divided by the number of words.", PASSAGE),
        _mistake(
            "steps_without_blanks", _wrong((STEPS, "len(tokens) / len(words) if level == \"word\" else "
                                                   "sum(map(len, words)) / len(words)")),
            "Your steps_per_word is the mean length of a word. The blanks between the words are steps too: divide T, "
            "all tokens of the level, by the number of words.", PASSAGE),
        _mistake(
            "steps_per_different_word", _wrong((STEPS, "len(tokens) / len(set(words))")),
            "You divide by the number of different words. Every word of the text counts, as often as it occurs.",
            PASSAGE,
            _wrong((STEPS, "len(tokens) / n"))),
        _mistake(
            "steps_rounded", _wrong((STEPS, "len(tokens) // len(words)")),
            "`//` cuts the fraction off. Divide with `/`.", PASSAGE),
        _mistake(
            "steps_rounded_for_show", _wrong((STEPS, "round(len(tokens) / len(words), 2)")),
            "You round steps_per_word. Return the number as it is; rounding is for printing.", PASSAGE,
            _wrong((STEPS, "round(len(tokens) / len(words), 1)")), _wrong((STEPS, "round(len(tokens) / len(words))"))),
    ),
)
