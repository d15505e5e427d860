"""Exercises of chapter 12: deep networks."""

from autograder.exercises._ch12_backward import DEEP_RNN_BACKWARD
from autograder.exercises._ch12_count import COUNT_DEEP_PARAMETERS
from autograder.exercises._ch12_forward import DEEP_RNN_FORWARD
from autograder.exercises._ch12_step import DEEP_RNN_STEP

EXERCISES = (DEEP_RNN_STEP, DEEP_RNN_FORWARD, DEEP_RNN_BACKWARD, COUNT_DEEP_PARAMETERS)
