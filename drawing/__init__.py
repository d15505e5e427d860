"""Every figure of the book, in one style. The only package of the course that imports Matplotlib.

A chapter calls a function, adds the alt text, and lets the figure end the cell::

    import drawing

    drawing.show(drawing.rnn_cell(), alt="One step of an RNN: ...")

The figure displays itself as a PNG picture on a panel of its own, readable on white and on dark pages. The alt text
goes with it, in the metadata of the stored output, and from there into the built page. (`drawing.book` is the plugin
by which MyST-NB passes it on.) A bare figure displays itself as well, with an alt text of a general kind.

Map of the package
------------------
style      colours of the roles, fonts, the panel; contrast
canvas     `Drawing`, the figure that shows itself, and `show`
png        small PNG files
notation   x^{<t>} and its like; formulas cut into pieces by role
sketch     the primitives of diagrams: value, cell, operator, arrow, branch, formula, frame
checks     refuses what cannot be drawn
standard   the standard network, and why it fails on sequences
unrolled   the RNN rolled and unrolled, and the parameters its steps share
units      one step of the RNN from the inside, with its formulas
gated      one step of the GRU and of the LSTM
way_back   one step of the LSTM backwards
flows      forward and backward flow, truncated backpropagation
gradients  a gradient that fades, and one that is clipped in two ways
types      one-to-many, many-to-one, encoder and decoder, ...
sampling   language models along time: trained, and sampled token by token
layered    bidirectional and deep RNNs
plots      lines: gradient flow, learning curves
bars       distributions, temperature, scores against a baseline
next_words what a language model expects next, word by word
grids      heat maps of activations and gates, confusion matrices
sentences  a label for each token
data       spectra, melodies, films and genomes as one sees them
sound      a sound that plays in the page
book       hands the alt text to the built book
"""

from drawing.bars import distribution_bars, score_bars, temperature_bars
from drawing.canvas import Drawing, show
from drawing.data import film, genome, melody, spectrum
from drawing.flows import backward_flow, forward_and_backward, forward_flow, truncated_bptt
from drawing.gated import gru_cell, gru_cell_simplified, lstm_cell, peephole_lstm_cell
from drawing.gradients import clipped_gradients, fading_gradient
from drawing.grids import activation_heatmap, confusion_matrix
from drawing.layered import bidirectional_rnn, deep_rnn, deep_rnn_gradients
from drawing.next_words import next_words
from drawing.plots import gradient_flow, learning_curves
from drawing.sampling import language_model, sampling_loop
from drawing.sentences import tagged_sentence
from drawing.sound import player
from drawing.standard import standard_network
from drawing.types import encoder_decoder, many_to_many, many_to_one, one_to_many, one_to_one
from drawing.units import rnn_cell
from drawing.unrolled import parameter_sharing, rnn_rolled_and_unrolled
from drawing.way_back import lstm_way_back

__all__ = [
    "Drawing",
    "activation_heatmap",
    "backward_flow",
    "bidirectional_rnn",
    "clipped_gradients",
    "confusion_matrix",
    "deep_rnn",
    "deep_rnn_gradients",
    "distribution_bars",
    "encoder_decoder",
    "fading_gradient",
    "film",
    "forward_and_backward",
    "forward_flow",
    "genome",
    "gradient_flow",
    "gru_cell",
    "gru_cell_simplified",
    "language_model",
    "learning_curves",
    "lstm_cell",
    "lstm_way_back",
    "many_to_many",
    "many_to_one",
    "melody",
    "next_words",
    "one_to_many",
    "one_to_one",
    "parameter_sharing",
    "peephole_lstm_cell",
    "player",
    "rnn_cell",
    "rnn_rolled_and_unrolled",
    "sampling_loop",
    "score_bars",
    "show",
    "spectrum",
    "standard_network",
    "tagged_sentence",
    "temperature_bars",
    "truncated_bptt",
]
