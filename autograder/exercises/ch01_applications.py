"""Exercises of chapter 1: what is a sequence, and what its order is worth."""

from autograder.exercises._ch01_entities import EXTRACT_ENTITIES
from autograder.exercises._ch01_kinds import APPLICATION_KIND, BEST_SHARE, SEQUENCE_KIND

EXERCISES = (SEQUENCE_KIND, APPLICATION_KIND, EXTRACT_ENTITIES, BEST_SHARE)
