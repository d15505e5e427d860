"""Finds lines of a solution where none may stand: in a chapter, in anything a student gets."""

import ast

from autograder.engine import undecorated_source

SHORTEST = 20  # characters: shorter lines, `t = t + 1`, tell nothing


def telling_lines(exercise):
    """Return the lines of the reference that give `exercise` away: those that compute something.

    Lines of a wrong function that is given to be repaired give nothing away.
    """
    given = set() if exercise.given is None else computing_lines(exercise.given.source)
    return computing_lines(undecorated_source(exercise.reference)) - given


def computing_lines(source):
    """Return the lines of a function's source that call, combine or choose something.

    Taking the parameters apart, opening a loop, appending a name to a list or returning names tells nothing.
    """
    lines, found = source.splitlines(), set()
    for node in ast.walk(ast.parse(source)):
        told = _computing_part(node)
        if told and any(isinstance(inside, (ast.BinOp, ast.BoolOp, ast.Call, ast.IfExp))
                        for part in told for inside in ast.walk(part)):
            found |= {" ".join(line.split()) for line in lines[told[0].lineno - 1: told[-1].end_lineno]}
    return {line for line in found if len(line) >= SHORTEST}


def _computing_part(node):
    """Return the parts of a statement in which something may be computed; nothing for other nodes."""
    if isinstance(node, (ast.Assign, ast.AugAssign, ast.Return)):
        return [node]
    if isinstance(node, ast.If):
        return [node.test]
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return node.value.args
    return []


def leaks(text, exercises):
    """Return the telling lines of `exercises` that stand in `text`, whatever the space around them."""
    lines = {" ".join(line.split()) for line in text.splitlines()}
    return sorted(line for exercise in exercises for line in telling_lines(exercise) if line in lines)
