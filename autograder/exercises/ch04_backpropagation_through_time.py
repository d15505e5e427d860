"""Exercises of chapter 4: backpropagation through time."""

from autograder.exercises._ch04_cell import RNN_CELL_BACKWARD
from autograder.exercises._ch04_gradient_check import GRADIENT_CHECK
from autograder.exercises._ch04_loss import SEQUENCE_LOSS
from autograder.exercises._ch04_output import OUTPUT_BACKWARD
from autograder.exercises._ch04_through_time import RNN_BACKWARD

EXERCISES = (SEQUENCE_LOSS, OUTPUT_BACKWARD, RNN_CELL_BACKWARD, RNN_BACKWARD, GRADIENT_CHECK)
