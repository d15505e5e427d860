"""Exercises of chapter 9: the gated recurrent unit."""

from autograder.exercises._ch09_backward import GRU_CELL_BACKWARD
from autograder.exercises._ch09_cell import GRU_CELL_FORWARD
from autograder.exercises._ch09_sequence import GRU_FORWARD
from autograder.exercises._ch09_simplified import GRU_CELL_FORWARD_SIMPLIFIED

EXERCISES = (GRU_CELL_FORWARD_SIMPLIFIED, GRU_CELL_FORWARD, GRU_FORWARD, GRU_CELL_BACKWARD)
