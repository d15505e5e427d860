"""Exercise of chapter 5: read one sequence, write another."""

from autograder.engine import Array, Case, Exact, Exercise, Part, Patched, intact
from autograder.exercises._ch05_caches import Caches, HandedThrough, Written
from autograder.exercises._ch05_shared import (
    CHAPTER,
    CHOSEN,
    OTHER_CELL,
    UNITS,
    cases_of_other_cells,
    mistake,
    pass_of_rnn,
    prediction,
    sharper,
)
from autograder.exercises.inputs import draw, draw_sequence, sizes_for, sizes_with_equal
from solutions import RNN, encoder_decoder_forward, likeliest

READ = 'a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))'
TAKE = 'of_decoder = part(parameters, "decoder")'
FIRST = 'first = np.zeros((len(of_decoder["by"]), x.shape[2]), of_decoder["by"].dtype)'
FREE = "y_pred, decoder = one_to_many_forward(first, state, of_decoder, T_y, cell, choose)"
LATE = "one_step_late = np.concatenate([np.zeros_like(y[:1]), y[:-1]])"
FORCED = "y_pred, decoder = many_to_many_forward(one_step_late, state, of_decoder, cell)"
WHICH = "if y is None:"
CACHES = "(a, encoder, decoder, y is not None, cell)"
ORDER = "(a, encoder, decoder, teacher_forcing, cell)"
ZERO = "cell.zero_state(of_decoder, x.shape[2])"
TEACHER, RUNNING = "y_pred with teacher forcing", "y_pred running free"


def _wrong(*replacements):
    return Patched(encoder_decoder_forward, *replacements)


def _start(state):
    """Let the decoder start from another state."""
    return _wrong((FREE, FREE.replace("state", state)), (FORCED, FORCED.replace("state", state)))


def _late(new, *more):
    return _wrong((LATE, "one_step_late = " + new), *more)


def _parameters(rng, cell, n):
    """Draw the parameters of two cells and of the decoder's output layer."""
    sizes = {"encoder": n["n_x"], "decoder": n["n_y"]}
    shapes = {f"{name}[{label}]": value.shape for label, size in sizes.items()
              for name, value in cell.initialize(size, n["n_a"], rng).items()}
    return draw(rng, shapes | {"Wya[decoder]": (n["n_y"], n["n_a"]), "by[decoder]": (n["n_y"], 1)})


def _inputs(rng, cell, n):
    return *draw_sequence(rng, n, cell), _parameters(rng, cell, n), n["T_y"]


def _targets(rng, n):
    """Draw targets that are like probabilities: nothing in them is zero."""
    y = rng.uniform(0.1, 1.0, (n["T_y"], n["n_y"], n["m"]))
    return y / y.sum(axis=1, keepdims=True)


def _cases(rng):
    names = "T_x T_y n_x n_a n_y m"
    special = ({"m": 1}, {"T_x": 1}, {"T_y": 1})
    drawn = [*sizes_with_equal(rng, names, "n_x n_a n_y m", *special, count=2, T_x=7, T_y=8),
             ("T_x = T_y", {**dict(sizes_for(rng, names, count=1))[""], "T_x": 6, "T_y": 6})]
    cases = []
    for label, n in drawn:
        forced, free = (", ".join(filter(None, (label, kind))) for kind in ("teacher forcing", "running free"))
        told = "caches", "inputs left unchanged"
        cases += [Case((*_inputs(rng, RNN, n), _targets(rng, n)), n, forced, (TEACHER, *told)),
                  Case(_inputs(rng, RNN, n), n, free, (RUNNING, *told))]
    n = drawn[0][1]
    cases.append(Case((*_inputs(rng, RNN, n), None, RNN, likeliest), n, "choose = likeliest", (CHOSEN,)))
    cases.append(Case((*_inputs(rng, RNN, n), _targets(rng, n), RNN, sharper), n, "teacher forcing, with a choose",
                      (TEACHER,)))
    return [*cases, *cases_of_other_cells(rng, drawn[1][1], _inputs, (None,)),
            *cases_of_other_cells(rng, drawn[1][1], _inputs, (_targets(rng, drawn[1][1]),))]


ENCODER_DECODER_FORWARD = Exercise(
    id="encoder_decoder_forward",
    chapter=CHAPTER,
    reference=encoder_decoder_forward,
    cases=_cases,
    uses=(*UNITS, "one_to_many_forward"),
    parts=(
        prediction("T_y n_y m", 14, TEACHER),
        prediction("T_y n_y m", 12, RUNNING),
        Part(CHOSEN, 3, Array("T_y n_y m"), (0,)),
        Part(OTHER_CELL, 3, Array("T_y n_y m"), (0,)),
        Part("caches", 6, Caches((
            ("the encoder's a", (0,), Array("T_x n_a m")),
            *pass_of_rnn("what the encoder's cell.forward returned", (1,)),
            ("the decoder's a", (2, 0), Array("T_y n_a m")),
            ("the decoder's caches", (2,), Written()),
            ("whether there was teacher forcing", (3,), Exact("True or False")),
            ("cell", (4,), HandedThrough()),
        ), ORDER), (1,)),
        intact(2),
    ),
    hints=(
        "Three moves: the encoder reads, its last state is handed over, the decoder writes. "
        '`part(parameters, "encoder")` takes the encoder\'s own weights, under the names that a cell knows.',
        '`a, state, encoder = cell.forward(x, a0, part(parameters, "encoder"))`. The predictions of the encoder are '
        "not wanted, so no output layer. `state` is all that the decoder gets.",
        "Running free (y is None) the decoder is the function of the exercise before: `one_to_many_forward`, from a "
        "first input of zeros, (n_y, m), and from `state`.",
        "With teacher forcing the decoder's inputs are known beforehand, so it is many-to-many: "
        "`many_to_many_forward(inputs, state, of_decoder, cell)`. Its inputs are the targets one step late: zeros, "
        "y[0], y[1], …, and never y[-1].",
        f"The results: `y_pred`, and the caches `{CACHES}`.",
    ),
    misconceptions=(
        mistake(
            "decoder_starts_from_zero", _start(ZERO),
            "Your decoder starts from zeros, so it knows nothing of what was read. Its first state is the encoder's "
            "last one: a_dec^<0> = a_enc^<T_x>.", "encoder-decoder"),
        mistake(
            "decoder_starts_from_a0", _start("a0"),
            "Your decoder starts from a0, as the encoder did. It starts where the encoder has ended: "
            "a_dec^<0> = a_enc^<T_x>.", "encoder-decoder"),
        mistake(
            "decoder_starts_from_the_first_state", _start("a[0]"),
            "Your decoder starts from the encoder's first state, which has read one word. It starts from the last, "
            "a_enc^<T_x>.", "encoder-decoder"),
        mistake(
            "decoder_starts_from_the_mean", _start("a.mean(axis=0)"),
            "Your decoder starts from the mean of the encoder's states. It starts from the last one, a_enc^<T_x>.",
            "encoder-decoder"),
        mistake(
            "memory_of_an_lstm_lost", _start("a[-1]"),
            "You hand over `a[-1]`. For a basic RNN that is the state; an LSTM, in chapter 10, has a memory c besides, "
            "and it is lost. Hand over the second result of `cell.forward`.", "the-cell"),
        mistake(
            "targets_not_shifted", _late("y"),
            "With teacher forcing your decoder reads y^<t> and predicts y^<t>: it sees the answer and only copies it. "
            "Its inputs are the targets one step late: first zeros, then y^<1>, y^<2>, …", "teacher-forcing",
            _late("np.concatenate([np.zeros_like(y[:1]), y[1:]])")),
        mistake(
            "shifted_along_another_axis", _late("np.concatenate([np.zeros_like(y[..., :1]), y[..., :-1]], axis=-1)"),
            "The targets are shifted along the examples or the classes. Time is the first axis: "
            "zeros, y[0], y[1], …", "teacher-forcing",
            _late("np.concatenate([np.zeros_like(y[:, :1]), y[:, :-1]], axis=1)"), _late("np.roll(y, 1, axis=-1)"),
            _late("np.roll(y, 1, axis=1)"), _late("np.roll(y, 1)")),
        mistake(
            "targets_shifted_the_wrong_way", _late("np.concatenate([y[1:], np.zeros_like(y[:1])])"),
            "The targets are shifted the wrong way: your decoder reads y^<t+1> at step t, the word after the one it is "
            "to predict. Zeros first, then y^<1>, y^<2>, …", "teacher-forcing", _late("np.roll(y, -1, axis=0)"),
            _late("np.concatenate([y[1:], y[-1:]])")),
        mistake(
            "last_target_first", _late("np.roll(y, 1, axis=0)"),
            "`np.roll` brings the last target round to the front. Before the first word there is none: the first input "
            "is zero.", "teacher-forcing"),
        mistake(
            "first_target_twice", _late("np.concatenate([y[:1], y[:-1]])"),
            "The first input of your decoder is the first target, which it is to predict. Before the first word there "
            "is none: the first input is zero.", "teacher-forcing"),
        mistake(
            "teacher_one_step_short",
            _late("np.concatenate([np.zeros_like(y[:1]), y[:-1]])[:-1]"),
            "With teacher forcing your decoder has one step too few. T_y inputs: zeros, and all targets but the last.",
            "teacher-forcing", _late("y[:-1]")),
        mistake(
            "teacher_one_step_too_many", _late("np.concatenate([np.zeros_like(y[:1]), y])"),
            "With teacher forcing your decoder has one step too many: T_y inputs, zeros and all targets but the last. "
            "The last target is never read.", "teacher-forcing"),
        mistake(
            "two_steps_late", _late("np.concatenate([np.zeros_like(y[:2]), y[:-2]])"),
            "The targets come two steps late. One step: at step t the decoder reads y^<t-1>.", "teacher-forcing"),
        mistake(
            "never_the_teacher", _wrong((WHICH, "if True:")),
            "Where targets are given they are not read: your decoder runs free all the same. With teacher forcing its "
            "inputs are the targets, one step late.", "teacher-forcing",
            _wrong((WHICH, "if y is None or choose is not None:"))),
        mistake(
            "never_free", _wrong((WHICH, "if y is not None:")),
            "Where `y` is None the decoder has no targets to read, and runs free. Is your condition the wrong way "
            "round, or missing?", "running-free", _wrong((WHICH, "if False:"))),
        mistake(
            "choice_of_the_targets",
            _wrong((LATE, LATE + "\n        if choose is not None:\n            one_step_late = np.concatenate("
                                 "[one_step_late[:1], [choose(yt) for yt in y[:-1]]])")),
            "With teacher forcing you choose from the targets. They are what the decoder reads, as they are; `choose` "
            "is for running free.", "teacher-forcing",
            _wrong((LATE, LATE + "\n        if choose is not None:\n            one_step_late = np.array("
                                 "[choose(yt) for yt in one_step_late])"))),
        mistake(
            "targets_taken_for_a_truth", _wrong((WHICH, "if not y.any():")),
            "Whether there are targets is asked with `y is None`. An array of many numbers is neither true nor false, "
            "and None has no length.", "teacher-forcing",
            _wrong((WHICH, "if not y:")), _wrong((WHICH, "if len(y) == 0:"))),
        mistake(
            "teacher_for_one_step",
            _wrong((FORCED, "y_pred, decoder = one_to_many_forward(y[0], state, of_decoder, T_y, cell)")),
            "With teacher forcing only the first input comes from the targets. All of them do, one step late.",
            "teacher-forcing"),
        mistake(
            "zeros_all_the_time", _late("np.zeros_like(y)"),
            "With teacher forcing your decoder reads zeros all the time, so it does not know what stands before. It "
            "reads the targets, one step late.", "teacher-forcing"),
        mistake(
            "first_input_not_zero", _wrong((FIRST, FIRST.replace("np.zeros", "np.ones"))),
            "Running free your decoder does not begin with zeros. x_dec^<1> = 0 says: nothing is written yet.",
            "running-free",
            _wrong((FIRST, 'first = np.full((len(of_decoder["by"]), x.shape[2]), 1 / len(of_decoder["by"]))')),
            _wrong((FIRST, 'first = np.zeros((len(of_decoder["by"]), x.shape[2]))\n        first[0] = 1')),
            _wrong((FIRST, 'first = np.exp(of_decoder["Wya"] @ a[-1] + of_decoder["by"])\n'
                           "        first = first / first.sum(axis=0)"))),
        mistake(
            "first_input_like_x", _wrong((FIRST, "first = np.zeros_like(x[0])")),
            "Running free, your decoder's first input has the wrong size. It is a column of zeros for each example, as "
            "long as the decoder's *outputs* are, for these are its inputs: (n_y, m).", "running-free",
            _wrong((FIRST, "first = np.zeros((T_y, x.shape[2]))"))),
        mistake(
            "cell_and_choose_exchanged", _wrong((FREE, FREE.replace("cell, choose", "choose, cell"))),
            "You hand `choose` on where `one_to_many_forward` wants the cell: it takes (x, a0, parameters, T_y, cell, "
            "choose), in this order.", "running-free"),
        mistake(
            "results_of_the_cell_exchanged", _wrong((READ, READ.replace("state, encoder", "encoder, state"))),
            "You hand over the encoder's caches for its state. `cell.forward` returns three things in this order: a, "
            "last_state, caches.", "the-cell"),
        mistake(
            "softmax_once_more",
            _wrong((f"return y_pred, {CACHES}", "y_pred = np.exp(y_pred) / np.exp(y_pred).sum(axis=1, keepdims=True)\n"
                                                f"    return y_pred, {CACHES}")),
            "The predictions go through a softmax again. What the decoder returns has been through one already.",
            "encoder-decoder"),
        mistake(
            "length_of_the_input", _wrong((FREE, FREE.replace("T_y", "len(x)"))),
            "Running free your decoder writes T_x steps, as many as were read. The output has its own length, T_y.",
            "encoder-decoder"),
        mistake(
            "choose_ignored", _wrong((FREE, FREE.replace(", choose)", ")"))),
            "`choose` is not handed on. Running free, where it is given it makes the decoder's next input.",
            "choosing"),
        mistake(
            "always_the_likeliest",
            _wrong((FREE, FREE.replace("choose)", "choose or (lambda p: (p == p.max(axis=0)).astype(float)))"))),
            "Running free you always feed back the likeliest token. Without `choose` the prediction itself goes back, "
            "as it is.", "choosing"),
        mistake(
            "decoder_with_the_encoders_weights",
            _wrong((TAKE, TAKE + "\n    of_decoder |= part(parameters, 'encoder')")),
            "Your decoder runs with the encoder's weights. They are two cells that learn two things: "
            '`part(parameters, "decoder")`.', "encoder-decoder"),
        mistake(
            "encoder_with_the_decoders_weights", _wrong((READ, READ.replace('"encoder"', '"decoder"'))),
            'Your encoder runs with the decoder\'s weights. It has its own: `part(parameters, "encoder")`.',
            "encoder-decoder",
            _wrong((READ, READ.replace('"encoder"', '"decoder"')), (TAKE, TAKE.replace('"decoder"', '"encoder"')))),
        mistake(
            "parameters_without_their_part", _wrong((READ, READ.replace('part(parameters, "encoder")', "parameters"))),
            'The cell gets the parameters of the whole network, in which nothing is called "Wax". '
            '`part(parameters, "encoder")` has the encoder\'s, under the names that a cell knows.', "encoder-decoder"),
        mistake(
            "encoder_reads_from_the_end", _wrong((READ, READ.replace("(x,", "(x[::-1],"))),
            "Your encoder reads the sequence from its end. (Sutskever and others did that in 2014, and it helped.) "
            "Here it reads x as it is.", "encoder-decoder"),
        mistake(
            "encoder_starts_from_zero",
            _wrong((READ, READ.replace("a0", "cell.zero_state(part(parameters, 'encoder'), x.shape[2])"))),
            "Your encoder starts from zeros. Mostly a^<0> is zero, but it is an argument: start from a0.",
            "encoder-decoder"),
        mistake(
            "always_the_basic_rnn",
            _wrong((READ, READ.replace("cell.f", "RNN.f")), (FREE, FREE.replace("cell", "RNN")),
                   (FORCED, FORCED.replace("cell", "RNN"))),
            "Your function is right for the basic RNN, and runs it whatever the `cell` is. Call `cell.forward`, and "
            "hand the cell on to the decoder: without it, that is a basic RNN again.", "the-cell",
            _wrong((READ, READ.replace("cell.f", "RNN.f"))),
            _wrong((FREE, FREE.replace(", cell, choose", ", choose=choose")),
                   (FORCED, FORCED.replace(", cell)", ")")))),
        mistake(
            "caches_in_another_order", _wrong((CACHES, "(a, decoder, encoder, y is not None, cell)")),
            "The caches have another order. They are `(a, encoder, decoder, teacher_forcing, cell)`: the way back "
            "unpacks them so.", "the-cell", _wrong((CACHES, "(encoder, a, decoder, y is not None, cell)"))),
        mistake(
            "teacher_forcing_turned_round", _wrong((CACHES, CACHES.replace("is not", "is"))),
            "The caches say the opposite of what was done. Their fourth item is True where targets were given.",
            "teacher-forcing"),
        mistake(
            "targets_for_the_word_true", _wrong((CACHES, CACHES.replace("y is not None", "y"))),
            "The fourth item of the caches holds the targets. It says whether there were any: `y is not None`.",
            "teacher-forcing"),
        mistake(
            "caches_incomplete", _wrong((CACHES, "(encoder, decoder)")),
            f"Your second result is not all that the way back needs. It is the tuple `{ORDER}`.", "the-cell",
            _wrong((CACHES, "decoder")), _wrong((CACHES, "encoder")), _wrong((CACHES, "a")),
            _wrong((CACHES, "(a, encoder, decoder)")), _wrong((CACHES, "()")), _wrong((CACHES, "None")),
            _wrong((CACHES, "(a, encoder, decoder, cell)")), _wrong((CACHES, CACHES.replace(", cell)", ")"))),
            _wrong((CACHES, CACHES.replace("decoder", "decoder[1]")))),
        mistake(
            "one_state_in_the_caches", _wrong((CACHES, CACHES.replace("(a,", "(state,"))),
            "The caches hold the encoder's last state alone. The way back goes through all of them: keep the whole "
            "`a`.", "the-cell", _wrong((CACHES, CACHES.replace("(a,", "(a[-1],")))),
        mistake(
            "caches_left_out", _wrong((f"return y_pred, {CACHES}", "return y_pred")),
            f"Your function returns y_pred alone. Two results are wanted: y_pred, and the caches `{ORDER}`.",
            "encoder-decoder"),
        mistake(
            "results_swapped", _wrong((f"return y_pred, {CACHES}", f"return {CACHES}, y_pred")),
            "The results come in the other order: first y_pred, then the caches.", "encoder-decoder"),
    ),
)
