"""Exercise of chapter 12: how many numbers a deep network learns."""

from autograder.engine import Case, Exact, Exercise, Part, Patched, different_sizes, intact
from autograder.exercises._ch12_shared import CHAPTER, mistake
from solutions import count_deep_parameters

START, LOOP = "n_below, count = n_x, 0", "for n_a in layer_sizes:"
LAYER = "count += directions * blocks * (n_a * (n_a + n_below) + n_a)"
UP = "n_below = directions * n_a"
OUTPUT = "return count + n_y * n_below + n_y"
RNNS, GATES, BOTH = "number for basic RNNs", "number for units with gates", "number in both directions"


def _count(*replacements):
    return Patched(count_deep_parameters, *replacements)


def _layer(new):
    return _count((LAYER, f"count += {new}"))


def _output(new):
    return _count((OUTPUT, f"return {new}"))


def _depth_times(n_x, layer_sizes, n_y, blocks=1, directions=1):
    n_a = layer_sizes[0]
    return len(layer_sizes) * (directions * blocks * n_a * (n_a + n_x + 1) + n_y * directions * n_a + n_y)


def _cases(rng):
    def case(n_layers, *rest, parts, label=""):
        names = ["n_x", "n_y", *(f"n_a[{layer}]" for layer in range(1, n_layers + 1))]
        sizes = list(different_sizes(rng, " ".join(names), low=5, high=30).values())
        return Case((sizes[0], sizes[2:], sizes[1], *rest), {}, label, (*parts, "inputs left unchanged"))

    n_a = int(rng.integers(10, 40))
    return [
        case(3, parts=(RNNS,)), case(2, 1, parts=(RNNS,)), case(1, parts=(RNNS,), label="one layer"),
        Case((n_a, [n_a] * 3, n_a + 1), {}, "all layers and n_x of one size", (RNNS, "inputs left unchanged")),
        case(3, 3, parts=(GATES,), label="GRU: 3 blocks"), case(2, 4, parts=(GATES,), label="LSTM: 4 blocks"),
        case(1, 2, parts=(GATES,), label="simplified GRU: 2 blocks, one layer"),
        case(3, 1, 2, parts=(BOTH,), label="RNNs in both directions"),
        case(2, 4, 2, parts=(BOTH,), label="LSTMs in both directions"),
        case(1, 3, 2, parts=(BOTH,), label="one layer of GRUs in both directions"),
    ]


NUMBER = Exact("a whole number")
COUNT_DEEP_PARAMETERS = Exercise(
    id="count_deep_parameters",
    chapter=CHAPTER,
    reference=count_deep_parameters,
    cases=_cases,
    parts=(Part(RNNS, 8, NUMBER), Part(GATES, 5, NUMBER), Part(BOTH, 6, NUMBER), intact(1)),
    hints=(
        "Begin with one layer of a basic RNN: W_aa is (n_a, n_a), W_ax is (n_a, n_x), b_a is (n_a, 1). Add up their "
        "entries, then those of W_ya and b_y.",
        "Go through the layers in a loop and carry along how many rows come from below: n_x for the first layer, the "
        "size of the layer before for every other.",
        "A unit with gates has such a pair of a matrix and a bias `blocks` times. The output layer has no gates.",
        "In both directions a layer has two units, so twice the entries. And it hands up 2 n_a rows, to the next "
        "layer and to W_ya. But each unit's own state still has n_a.",
    ),
    misconceptions=(
        mistake(
            "every_layer_reads_x", _count((UP, "pass"), (OUTPUT, "return count + n_y * directions * n_a + n_y")),
            "Every layer is counted as if it read x. Only the first one does: layer l reads the layer below, so "
            "W_ax^[l] has as many columns as that has rows.", "deep-counting"),
        mistake(
            "first_layer_reads_itself", _count((START, "n_below, count = layer_sizes[0], 0")),
            "The first layer is counted as if it read n_a numbers. It reads x: n_x columns.", "deep-counting"),
        mistake(
            "nothing_from_below", _layer("directions * blocks * (n_a * n_a + n_a)"),
            "The weights on the layer below are missing: besides W_aa (n_a, n_a) each layer has W_ax, as wide as what "
            "it reads.", "deep-counting"),
        mistake(
            "no_recurrent_weights", _layer("directions * blocks * (n_a * n_below + n_a)"),
            "The weights on a layer's own state are missing: W_aa is (n_a, n_a). Without them it would not be "
            "recurrent.", "deep-counting"),
        mistake(
            "no_biases", _layer("directions * blocks * n_a * (n_a + n_below)"),
            "The biases of the layers are missing: n_a numbers for each weight matrix.", "deep-counting",
            _count((LAYER, "count += directions * blocks * n_a * (n_a + n_below)"),
                   (OUTPUT, "return count + n_y * n_below"))),
        mistake(
            "two_biases", _layer("directions * blocks * (n_a * (n_a + n_below) + 2 * n_a)"),
            "Each block has two biases in your count, as in some libraries (PyTorch's for instance): one beside W_aa "
            "and one beside W_ax. Their sum acts as one, and here there is one.", "deep-counting"),
        mistake(
            "one_bias_for_all_gates", _layer("directions * (blocks * n_a * (n_a + n_below) + n_a)"),
            "A unit has one bias in your count. Each of its blocks, candidate or gate, has a bias of its own.",
            "deep-counting"),
        mistake(
            "gates_forgotten", _layer("directions * (n_a * (n_a + n_below) + n_a)"),
            "`blocks` is not used: a GRU has three weight matrices where an RNN has one, an LSTM four.",
            "deep-counting"),
        mistake(
            "gates_in_the_output", _output("count + blocks * (n_y * n_below + n_y)"),
            "The output layer is multiplied by `blocks`. It is one softmax, whatever units stand below.",
            "deep-counting"),
        mistake(
            "output_forgotten", _output("count"),
            "The output layer is missing: W_ya is (n_y, rows of the topmost layer), b_y is (n_y, 1).",
            "deep-counting"),
        mistake(
            "output_bias_forgotten", _output("count + n_y * n_below"),
            "The bias b_y of the output is missing: n_y numbers.", "deep-counting"),
        mistake(
            "one_number_for_a_bias", _count((LAYER, "count += directions * blocks * (n_a * (n_a + n_below) + 1)")),
            "A bias is no single number: each unit has one of its own, so b_a has n_a of them, and b_y has n_y.",
            "deep-counting", _output("count + n_y * n_below + 1"),
            _count((LAYER, "count += directions * blocks * (n_a * (n_a + n_below) + 1)"),
                   (OUTPUT, "return count + n_y * n_below + 1"))),
        mistake(
            "sizes_added", _layer("directions * blocks * (n_a + n_a + n_below)"),
            "You add the sides of the matrices. A matrix (n_a, n_x) has n_a times n_x entries.", "deep-counting",
            _layer("directions * blocks * (n_a + n_a + n_a + n_below + n_a)"),
            _layer("directions * blocks * (n_a + n_a + n_a + n_below + n_a + 1)")),
        mistake(
            "one_block_too_many", _layer("directions * (blocks + 1) * (n_a * (n_a + n_below) + n_a)"),
            "You count one block more than there are. `blocks` has the candidate in it already: 1 for a basic RNN, "
            "3 for a GRU.", "deep-counting"),
        mistake(
            "output_from_every_layer", _output("count + n_y * directions * sum(layer_sizes) + n_y"),
            "The output reads all layers in your count. It reads the topmost one alone.", "deep-counting",
            _output("count + len(layer_sizes) * n_y + n_y * directions * sum(layer_sizes)")),
        mistake(
            "output_from_the_first_layer", _output("count + n_y * directions * layer_sizes[0] + n_y"),
            "The output is counted on the first layer. It reads the last one of the list, the topmost.",
            "deep-counting"),
        mistake(
            "first_layer_times_depth",
            _count((LOOP, "for n_a in [layer_sizes[0]] * len(layer_sizes):"), (UP, "pass"),
                   (OUTPUT, "return count + n_y * directions * layer_sizes[-1] + n_y")),
            "You count the first layer and multiply by the number of layers. The others differ: in their size, and in "
            "what they read.", "deep-counting", _depth_times),
        mistake(
            "last_layer_lost", _count((LOOP, "for n_a in layer_sizes[:-1]:"),
                                      (OUTPUT, "return count + n_y * directions * layer_sizes[-1] + n_y")),
            "The topmost layer is not counted. Every size in the list is a layer.", "deep-counting",
            _count((LOOP, "for n_a in layer_sizes[:-1]:"))),
        mistake(
            "first_layer_lost", _count((START, "n_below, count = directions * layer_sizes[0], 0"),
                                       (LOOP, "for n_a in layer_sizes[1:]:")),
            "The first layer is not counted. Every size in the list is a layer, and below the first one is x.",
            "deep-counting"),
        mistake(
            "own_size_below", _count((LAYER, "n_below = n_x if count == 0 else directions * n_a\n        " + LAYER)),
            "From the second layer on you let a layer read its own size. It reads the layer *below*: keep that size "
            "until the layer is counted, and only then set it to the new one.", "deep-counting",
            _count((LAYER, "n_below = n_x if count == 0 else n_a\n        " + LAYER))),
        mistake(
            "return_in_the_loop", _count((f"{UP}\n    {OUTPUT}", f"{UP}\n        {OUTPUT}")),
            "`return` stands inside the loop, so only the first layer is counted. Return when all are.",
            "deep-counting"),
        mistake(
            "weights_shared_by_the_layers",
            _count((LAYER, "count = directions * blocks * (n_a * (n_a + n_below) + n_a)")),
            "Only one layer is left in the sum: each overwrites the one before. The layers have weights of their own; "
            "add them up.", "deep-own"),
        mistake(
            "first_states_counted", _layer("directions * blocks * (n_a * (n_a + n_below) + n_a) + directions * n_a"),
            "You count a0 among the parameters. Here it is given, not learned.", "deep-counting"),
        mistake(
            "one_direction", _count((LAYER, "count += blocks * (n_a * (n_a + n_below) + n_a)"), (UP, "n_below = n_a")),
            "`directions` is not used: a bidirectional layer has two units, and hands up the rows of both.",
            "deep-both-directions"),
        mistake(
            "directions_only_doubled", _count((UP, "n_below = n_a")),
            "You count both units of a layer, but let it hand up n_a rows. Both states stand above one another, so "
            "the next layer and the output read directions * n_a rows.", "deep-both-directions",
            _count((UP, "n_below = n_a"), (OUTPUT, "return count + n_y * directions * n_below + n_y"))),
        mistake(
            "output_reads_one_direction", _count((OUTPUT, "return count + n_y * n_a + n_y")),
            "The layers are right. The output too reads both states of the topmost layer: W_ya has directions * n_a "
            "columns.", "deep-both-directions"),
        mistake(
            "one_unit_a_layer", _layer("blocks * (n_a * (n_a + n_below) + n_a)"),
            "You let a bidirectional layer hand up the rows of both units, but count one of them. There are two, each "
            "with weights of its own.", "deep-both-directions"),
        mistake(
            "double_size", _count((LAYER, "n_a = directions * n_a\n        "
                                          "count += blocks * (n_a * (n_a + n_below) + n_a)"), (UP, "n_below = n_a")),
            "You count one unit with 2 n_a rows. Two units of n_a rows have fewer weights: neither sees the state of "
            "the other.", "deep-both-directions"),
        mistake(
            "everything_doubled", _count((UP, "n_below = n_a"),
                                         (LAYER, "count += blocks * (n_a * (n_a + n_below) + n_a)"),
                                         (OUTPUT, "return directions * (count + n_y * n_below + n_y)")),
            "You double the whole network. A bidirectional layer has two units, but there is one output layer, and it "
            "has one bias; and the layers above read the rows of both units.", "deep-both-directions"),
    ),
)
