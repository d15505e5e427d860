"""Exercises of chapter 2: from a sentence to an array."""

from autograder.exercises._ch02_arrays import ONE_HOT, PAD_BATCH
from autograder.exercises._ch02_vocabulary import BUILD_VOCABULARY, ENCODE

EXERCISES = (BUILD_VOCABULARY, ENCODE, ONE_HOT, PAD_BATCH)
