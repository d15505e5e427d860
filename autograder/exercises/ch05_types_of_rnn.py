"""Exercises of chapter 5: networks that read, networks that write, and both in a row."""

from autograder.exercises._ch05_backward import MANY_TO_ONE_BACKWARD
from autograder.exercises._ch05_encoder_decoder import ENCODER_DECODER_FORWARD
from autograder.exercises._ch05_many_to_one import MANY_TO_ONE_FORWARD
from autograder.exercises._ch05_one_to_many import ONE_TO_MANY_FORWARD

EXERCISES = (MANY_TO_ONE_FORWARD, MANY_TO_ONE_BACKWARD, ONE_TO_MANY_FORWARD, ENCODER_DECODER_FORWARD)
