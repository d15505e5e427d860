"""Every figure of the book, in one style. The only package of the course that imports Matplotlib.

A chapter calls a function, adds the alt text, and lets the figure end the cell::

    import drawing

    drawing.show(drawing.rnn_cell(), alt="One step of an RNN: ...")

The figure displays itself as a PNG picture on a panel of its own, readable on white and on dark pages. The alt text
goes with it, in the metadata of the stored output, and from there into the built page. (`drawing.book` is the plugin
by which MyST-NB passes it on.) A bare figure displays itself as well, with an alt text of a general kind.

Map of the package
------------------
style     colours of the roles, fonts, the panel; contrast
canvas    `Drawing`, the figure that shows itself, and `show`
sketch    the primitives of diagrams: value, cell, operator, arrow, formula, frame
unrolled  the RNN rolled and unrolled, and the parameters its steps share
units     one time step from the inside, with its formulas
flows     forward and backward flow, truncated backpropagation
sampling  a sequence sampled token by token
standard  the standard network, and why it fails on sequences
plots     lines: gradient flow, learning curves
bars      distributions, temperature, scores against a baseline
grids     heat maps of activations and gates, confusion matrices
sentences a label for each token
png       small PNG files
book      hands the alt text to the built book
"""

from drawing.bars import distribution_bars, score_bars, temperature_bars
from drawing.canvas import Drawing, show
from drawing.flows import backward_flow, forward_and_backward, forward_flow, truncated_bptt
from drawing.grids import activation_heatmap, confusion_matrix
from drawing.plots import gradient_flow, learning_curves
from drawing.sampling import sampling_loop
from drawing.sentences import tagged_sentence
from drawing.standard import standard_network
from drawing.units import rnn_cell
from drawing.unrolled import parameter_sharing, rnn_rolled_and_unrolled

__all__ = [
    "Drawing",
    "activation_heatmap",
    "backward_flow",
    "confusion_matrix",
    "distribution_bars",
    "forward_and_backward",
    "forward_flow",
    "gradient_flow",
    "learning_curves",
    "parameter_sharing",
    "rnn_cell",
    "rnn_rolled_and_unrolled",
    "sampling_loop",
    "score_bars",
    "show",
    "standard_network",
    "tagged_sentence",
    "temperature_bars",
    "truncated_bptt",
]
