"""What every cell of a submission may import from the library although it is graded: tools, no solutions.

What the right answers of a chapter use beside these is at hand while a learner's function runs (see
``autograder.grading.library``); nothing need be written down for it.
"""

from solutions import EOS, GRU, LSTM, PEEPHOLE_LSTM, RNN, SIMPLIFIED_GRU, UNK, sigmoid, softmax
from solutions.gates import stack_gates

GIVEN = (sigmoid, softmax, stack_gates)
CONSTANTS = {"EOS": EOS, "UNK": UNK}
# At hand where a chapter's functions take a cell: cases hand over any of them, and a function may ask which one it got.
CELLS = {"RNN": RNN, "SIMPLIFIED_GRU": SIMPLIFIED_GRU, "GRU": GRU, "LSTM": LSTM, "PEEPHOLE_LSTM": PEEPHOLE_LSTM}
