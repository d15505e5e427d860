"""What the errors that beginners meet most often mean, in plain words: for an error that no misconception explains."""

from autograder.words import mark

ADVICE = (
    ("ValueError", "truth value of an array",
     mark("A question such as `v > limit` has an answer for every entry of an array, and `if`, `and`, `or` want a "
          "single one. So do `min` and `max`. Entry by entry work `np.where`, `np.minimum` and `np.maximum`; all "
          "answers together are `.all()`; and whether something is None is asked with `is None`.")),
    ("EndlessLoop", "",
     mark("A loop does not come to an end. What makes its condition false, and does that change inside the loop?")),
    ("RecursionError", "",
     mark("The function calls itself again and again. When does it stop?")),
    ("ValueError", "matmul: Input operand",
     mark("`A @ B` needs as many columns in A as B has rows. In brackets stand B's rows, then A's columns: write down "
          "the shape of each, and see which is not what you think it is.")),
    ("ValueError", "values to unpack",
     mark("On the left of `=` stand more or fewer names than there are things on the right.")),
    ("ValueError", "inhomogeneous",
     mark("NumPy cannot make one array of arrays of different shapes. Keep them in a list, and use them one by one.")),
    ("TypeError", "'NoneType' object",
     mark("Something here is None: an argument that was left out, or what a function without `return` gave.")),
    ("TypeError", "does not support item assignment",
     mark("A tuple cannot be changed. Make a new list, and fill that.")),
)


def advice(raised):
    """Return what is to be said of an error beside its own words, or None.

    Parameters
    ----------
    raised : Raised
    """
    return next((words for type, text, words in ADVICE if raised.type == type and text in raised.text), None)
