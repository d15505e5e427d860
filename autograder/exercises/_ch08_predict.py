"""Exercise of chapter 8: predict how the gradient flows, then look."""

import numpy as np

from autograder.engine import Choice, Estimate
from autograder.exercises.kinds import predict_then_run
from solutions import predict_gradient_flow

CHAPTER = "08_vanishing_gradients"
SMALL, LARGE, SLOPE = "radius 0.9", "radius 1.1", "radius 1.1, slope 0.5"
SHARED, NOTICED = "dWaa", "shows itself"
BACK, SUM, NAN = (f"{CHAPTER}.html#{anchor}" for anchor in ("one-state-back", "vanishing-is-local", "nan-is-easy"))

PREDICT_GRADIENT_FLOW = predict_then_run(
    "predict_gradient_flow", CHAPTER, predict_gradient_flow,
    questions={
        SMALL: (2, Estimate()),
        LARGE: (2, Estimate()),
        SLOPE: (2, Estimate()),
        SHARED: (2, Choice(("vanishes", "last steps", "all steps"))),
        NOTICED: (2, Choice(("vanishing", "exploding"))),
    },
    hints=(
        "Each step back multiplies the norm by the same number. What is left of 1 after two steps? After three?",
        "Two things multiply at each step: r, and the slope of tanh. Where the slope is 1 only r is left.",
        "dW_aa is a sum over the steps. Some of its terms are tiny, others are not. How large is the sum?",
        "One of the two ends in numbers that no computer can hold. The other one ends in a network that has learned "
        "something, only not what lies far back.",
    ),
    wrong=(
        ("multiplied_by_the_steps", SMALL, (0.9 * 50,),
         "You multiplied r by the number of steps. Each step multiplies what the one before has left: r times r times "
         "r, 50 times, is a power.", BACK),
        ("one_step_for_fifty", SMALL, (0.9, 1 - 0.9),
         "That is one step. The second one takes away the same share of what is left, and so on, 50 times.", BACK),
        ("nothing_left", SMALL, (0.0,),
         "Small, yes, but not zero. Each step takes a tenth of what is *left*, so something is left, however often.",
         BACK),
        ("subtracted_at_each_step", SMALL, (1 - 0.1 * 50,),
         "You take away a tenth of the first gradient at each step. It is a tenth of what is left: the norm becomes "
         "small, and never zero.", BACK),
        ("what_is_lost", SMALL, (1 - 0.9**50,),
         "That is the share that is lost on the way. Asked for is what is left.", BACK),
        ("base_for_exponent", SMALL, (50**0.9,),
         "Base and exponent are exchanged: 0.9 is the factor and 50 says how often, `0.9**50`.", BACK),
        ("exponential_function", SMALL, (np.exp(-0.9 * 50), np.exp(0.9 * 50)),
         "It is exponential, but the base is r itself and not e: one factor 0.9 for each step.", BACK),
        ("from_the_first_step", SMALL, (0.9**60, 0.9**59, 0.9**10),
         "Count the steps: 50 back from the last state, not 60, and not the 10 that are before it.", BACK),
        ("one_step_off", SMALL, (0.9**49, 0.9**51),
         "Nearly: you are one step off. 50 steps back are 50 factors.", BACK),
        ("other_way_round", SMALL, (1 / 0.9**50, 1.1**50),
         "That grows. r = 0.9 makes every vector shorter, backward as well as forward: the transpose of a rotation is "
         "a rotation.", BACK),
        ("growth_multiplied_by_the_steps", LARGE, (1.1 * 50,),
         "You multiplied 1.1 by the number of steps. A growth of a tenth at each step is a growth on what has grown "
         "already, as with interest: a power.", BACK),
        ("growth_added", LARGE, (1 + 0.1 * 50, 0.1 * 50),
         "You add a tenth of the first gradient at each step. It is a tenth of what is there already: that is how "
         "small factors become large numbers.", BACK),
        ("growth_of_one_step", LARGE, (1.1,),
         "That is one step. There are 50, and each multiplies again.", BACK),
        ("growth_one_step_off", LARGE, (1.1**49, 1.1**51),
         "Nearly: you are one step off. 50 steps back are 50 factors of 1.1.", BACK),
        ("growth_from_the_first_step", LARGE, (1.1**60, 1.1**59, 1.1**10),
         "Count the steps: the state is 50 back from the last one. 60 is the length of all, 10 is what lies before it.",
         BACK),
        ("base_for_exponent_of_growth", LARGE, (50**1.1,),
         "Base and exponent are exchanged: 1.1 is the factor and 50 says how often, `1.1**50`.", BACK),
        ("infinite", LARGE, (float("inf"), np.exp(1.1 * 50)),
         "It explodes, but 50 steps do not bring it that far: one factor 1.1 for each step. Work it out.", BACK),
        ("growth_turned_round", LARGE, (1 / 1.1**50, 0.9**50),
         "That shrinks. r = 1.1 makes every vector longer, backward as well as forward: the transpose of a rotation is "
         "a rotation.", BACK),
        ("growth_stays", LARGE, (1.0,),
         "The slope of tanh is 1 here, so nothing holds the gradient back: every step makes it a tenth longer.", BACK),
        ("slope_forgotten", SLOPE, (1.1**50,),
         "You forgot the slope. Every step back goes through the tanh as well, and that multiplies by its slope, 0.5.",
         BACK),
        ("slope_once", SLOPE, (0.5 * 1.1**50,),
         "You count the slope once. It stands in every step, 50 times, as r does.", BACK),
        ("weights_forgotten", SLOPE, (0.5**50,),
         "You count the slopes and forget r. A step back multiplies by both.", BACK),
        ("factors_added", SLOPE, ((1.1 + 0.5) ** 50, (1.1 - 0.5) ** 50, ((1.1 + 0.5) / 2) ** 50),
         "You add the two factors of a step, or take one from the other. They act one after the other: they multiply.",
         BACK),
        ("slope_of_a_state", SLOPE, ((1.1 * 0.75) ** 50,),
         "You take 0.5 for the state and work out its slope, 1 - 0.5² = 0.75. Here 0.5 is the slope itself.", BACK),
        ("slope_squared", SLOPE, ((1.1 * 0.25) ** 50,),
         "The slope stands once in each step. The square is in 1 - a² already, and that is 0.5 here.", BACK),
        ("slope_leaves_nothing", SLOPE, (0.0,),
         "Next to nothing, yes, but not zero: each step leaves a share of what is there. Work it out.", BACK),
        ("slope_times_the_steps", SLOPE, (1.1 * 0.5 * 50,),
         "You multiplied by the number of steps. 50 steps with the same factor are a power.", BACK),
        ("slope_one_step_off", SLOPE, ((1.1 * 0.5) ** 49, (1.1 * 0.5) ** 51),
         "Nearly: you are one step off. 50 steps back are 50 factors of 1.1 and 50 of 0.5.", BACK),
        ("all_vanishes", SHARED, ("vanishes",),
         "The gradient of an early *state* vanishes, not that of the weights. All steps share W_aa, dW_aa is a sum "
         "over them, and the terms of the last steps are as large as ever.", SUM),
        ("all_alike", SHARED, ("all steps",),
         "Each step adds dz^<t> times a^<t-1>. Where the gradient has vanished dz^<t> is next to nothing, so those "
         "steps have no say in the sum.", SUM),
        ("vanishing_is_noticed", NOTICED, ("vanishing",),
         "A vanished gradient raises no alarm: every number is finite, the loss falls, and what is near is learned. It "
         "is the other one that ends in NaN.", NAN),
    ),
)
