"""Exercises of chapter 8: vanishing and exploding gradients."""

from autograder.exercises._ch08_accepts import ACCEPTS_CLIP_BY_NORM
from autograder.exercises._ch08_by_norm import CLIP_BY_NORM
from autograder.exercises._ch08_by_value import CLIP_BY_VALUE
from autograder.exercises._ch08_norms import GRADIENT_NORMS
from autograder.exercises._ch08_predict import PREDICT_GRADIENT_FLOW

EXERCISES = (PREDICT_GRADIENT_FLOW, GRADIENT_NORMS, CLIP_BY_VALUE, CLIP_BY_NORM, ACCEPTS_CLIP_BY_NORM)
