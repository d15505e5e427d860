"""Exercises of chapter 11: the bidirectional network."""

from autograder.exercises._ch11_backward import BIRNN_BACKWARD
from autograder.exercises._ch11_forward import BIRNN_FORWARD
from autograder.exercises._ch11_reverse import REVERSE_SEQUENCE
from autograder.exercises._ch11_summary import BIRNN_SUMMARY

EXERCISES = (REVERSE_SEQUENCE, BIRNN_FORWARD, BIRNN_SUMMARY, BIRNN_BACKWARD)
