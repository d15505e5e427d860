"""Exercises of chapter 6: language models."""

from autograder.exercises._ch06_pairs import LANGUAGE_MODEL_PAIRS
from autograder.exercises._ch06_perplexity import PERPLEXITY
from autograder.exercises._ch06_sentence import SENTENCE_LOG_PROBABILITY
from autograder.exercises._ch06_step import LANGUAGE_MODEL_STEP
from autograder.exercises._ch06_tokenize import TOKENIZE

EXERCISES = (TOKENIZE, LANGUAGE_MODEL_PAIRS, LANGUAGE_MODEL_STEP, SENTENCE_LOG_PROBABILITY, PERPLEXITY)
