"""Exercises of chapter 7: sampling novel sequences."""

from autograder.exercises._ch07_levels import COMPARE_LEVELS
from autograder.exercises._ch07_sequence import SAMPLE_SEQUENCE
from autograder.exercises._ch07_temperature import APPLY_TEMPERATURE
from autograder.exercises._ch07_token import SAMPLE_TOKEN

EXERCISES = (SAMPLE_TOKEN, SAMPLE_SEQUENCE, APPLY_TEMPERATURE, COMPARE_LEVELS)
