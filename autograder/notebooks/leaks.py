"""Finds lines of a solution where none may stand: in a chapter, in anything a student gets."""

import ast

from autograder.engine import undecorated_source

SHORTEST = 20  # characters: shorter lines, `t = t + 1`, tell nothing


def telling_lines(exercise):
    """Return the lines of the reference that give `exercise` away: those that compute something."""
    return computing_lines(undecorated_source(exercise.reference))


def computing_lines(source):
    """Return the lines of a function's source that call or combine something.

    Taking the parameters apart, opening a loop, appending to a list or returning names tells nothing.
    """
    lines, found = source.splitlines(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return)) and any(
                isinstance(inside, (ast.BinOp, ast.Call)) for inside in ast.walk(node)):
            found |= {" ".join(line.split()) for line in lines[node.lineno - 1: node.end_lineno]}
    return {line for line in found if len(line) >= SHORTEST}


def leaks(text, exercises):
    """Return the telling lines of `exercises` that stand in `text`, whatever the space around them."""
    lines = {" ".join(line.split()) for line in text.splitlines()}
    return sorted(line for exercise in exercises for line in telling_lines(exercise) if line in lines)
