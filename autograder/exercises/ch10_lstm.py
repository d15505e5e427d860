"""Exercises of chapter 10: the LSTM."""

from autograder.exercises._ch10_cell import LSTM_CELL_FORWARD
from autograder.exercises._ch10_cell_backward import LSTM_CELL_BACKWARD
from autograder.exercises._ch10_peephole import PEEPHOLE_LSTM_CELL_FORWARD
from autograder.exercises._ch10_sequence import LSTM_FORWARD
from autograder.exercises._ch10_through_time import LSTM_BACKWARD

EXERCISES = (LSTM_CELL_FORWARD, LSTM_FORWARD, LSTM_CELL_BACKWARD, LSTM_BACKWARD, PEEPHOLE_LSTM_CELL_FORWARD)
