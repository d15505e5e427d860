"""The two cells of an exercise: the stub to fill in and the locked check. Both are made from the exercise.

A function's signature, docstring and body stand in ``solutions`` alone. The stub is the first two
with a line that says where to write, or with the wrong lines to repair; a solved cell has the body too.
"""

import ast
import inspect
import re

from autograder.engine import Patched, undecorated_source

STUB = "    # YOUR CODE HERE\n    raise NotImplementedError()"  # what nbgrader puts in place of a solution
ONE_MISTAKE = "    # FIND THE MISTAKE: there is one in the lines below. Repair it."
MISTAKES = "    # FIND THE MISTAKES: there are {count} in the lines below. Repair them."
BEGIN, END = "    ### BEGIN SOLUTION", "    ### END SOLUTION"
RAISES = re.compile(r'^    Raises\n    -+\n.*?(?=^    \w+\n    -+\n|^    """)', re.MULTILINE | re.DOTALL)
CHECK = """\
result = check({name})
display(result)
checked_{name} = result.function  # yours once it is right
float(result.points)"""


def check_id(exercise):
    """Return the id of the check cell: ``check-rnn-forward``."""
    return "check-" + exercise.id.replace("_", "-")


def head_and_body(function):
    """Return the source of `function` in two pieces: signature with docstring, and the rest.

    What the library raises is left out of the docstring: its decorator does that, and nobody else has to.

    Raises
    ------
    ValueError
        If the function has no docstring.
    """
    source = undecorated_source(function)
    docstring = ast.parse(source).body[0].body[0]
    if not (isinstance(docstring, ast.Expr) and isinstance(docstring.value, ast.Constant)
            and isinstance(docstring.value.value, str)):
        raise ValueError(f"{function.__name__} has no docstring, and a stub needs one")
    lines = source.splitlines()
    body = "\n".join(lines[docstring.end_lineno:])
    head = RAISES.sub("", "\n".join(lines[: docstring.end_lineno])).replace('\n\n    """', '\n    """')
    return head, body.strip("\n").rstrip()


def stub_source(exercise):
    """Return the text of the stub cell: as nbgrader would make it, or with the given wrong lines."""
    return head_and_body(exercise.reference)[0] + "\n" + (STUB if exercise.given is None else _given(exercise))


def _given(exercise):
    """Return the wrong body that is given to be repaired, below a line that says so."""
    count = len(exercise.given.replacements)
    docstring = ast.parse(undecorated_source(exercise.reference)).body[0].body[0]
    body = exercise.given.source.splitlines()[docstring.lineno - 1:]  # the source of a patch has no docstring
    return "\n".join([ONE_MISTAKE if count == 1 else MISTAKES.format(count=count), *body])


def solved_source(exercise, bound=()):
    """Return the text of the solved cell; it imports what the body needs and is not `bound` before it."""
    head, body = head_and_body(exercise.reference)
    imports = import_lines(exercise.reference, bound)
    return "\n".join([*imports, *([""] * 2 if imports else []), head, body])


def marked_source(exercise, bound=()):
    """Return the text of the cell as nbgrader's source version has it: the body between its two marks.

    A wrong function that is given stands as it is: nbgrader, which would clear it, is not told that it is a solution.
    """
    if exercise.given is not None:
        return stub_source(exercise)
    head, body = head_and_body(exercise.reference)
    imports = ["    " + line for line in import_lines(exercise.reference, bound)]
    return "\n".join([head, BEGIN, *imports, body, END])


def check_source(exercise):
    """Return the text of the check cell."""
    return CHECK.format(name=exercise.id)


def stub_cell(exercise):
    """Return a new stub cell."""
    return update(_new_cell(), exercise, stub_source(exercise))


def check_cell(exercise):
    """Return a new check cell."""
    return update(_new_cell(), exercise, check_source(exercise), grade=True)


def _new_cell():
    return {"cell_type": "code", "execution_count": None, "id": "", "metadata": {}, "outputs": [], "source": ""}


def update(cell, exercise, source, grade=False):
    """Give `cell` its id, text and nbgrader's metadata; other metadata stay as they are."""
    cell["id"] = check_id(exercise) if grade else exercise.id
    cell["source"] = source
    cell["metadata"]["nbgrader"] = {
        "grade": grade, "grade_id": cell["id"], "locked": grade, "schema_version": 3,
        "solution": not grade and exercise.given is None,  # else nbgrader would clear what is given to be repaired
        "task": False, **({"points": plain_number(exercise.points)} if grade else {}),
    }
    cell["metadata"]["deletable"] = False  # what nbgrader's LockCells sets on release
    if grade:
        cell["metadata"]["editable"] = False
    return cell


def plain_number(points):
    """Return a whole number of points as an int, so that it reads as one."""
    return int(points) if float(points).is_integer() else float(points)


def find_stub(notebook, exercise):
    """Return the cell of `exercise`, by cell id, nbgrader's id or the function it defines; or None."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    defines = re.compile(rf"^def {re.escape(exercise.id)}\b", re.MULTILINE)
    tests = (lambda cell: cell.get("id") == exercise.id, lambda cell: grade_id(cell) == exercise.id,
             lambda cell: defines.search(cell["source"]))
    return next((cell for test in tests for cell in code if test(cell)), None)


def find_check(notebook, exercise):
    """Return the check cell of `exercise`, or None."""
    wanted = check_id(exercise)
    return next((cell for cell in notebook["cells"] if wanted in (cell.get("id"), grade_id(cell))), None)


def grade_id(cell):
    """Return nbgrader's id of a cell, or None."""
    nbgrader = cell["metadata"].get("nbgrader")
    return nbgrader.get("grade_id") if isinstance(nbgrader, dict) else None


def is_check(cell):
    """Whether a cell is a check: marked as graded, or called one."""
    nbgrader = cell["metadata"].get("nbgrader")
    graded = isinstance(nbgrader, dict) and nbgrader.get("grade") is True and not nbgrader.get("solution")
    return graded or str(cell.get("id", "")).startswith("check-")


def bound_names(cells):
    """Return the names that the top level of code cells binds: imports, functions, assignments."""
    names = set()
    for cell in cells:
        try:
            tree = ast.parse(cell["source"])
        except SyntaxError:
            continue
        for statement in tree.body:
            names |= _bound(statement)
    return names


def _bound(statement):
    if isinstance(statement, (ast.Import, ast.ImportFrom)):
        return {alias.asname or alias.name.partition(".")[0] for alias in statement.names}
    if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
        return {statement.name}
    return {node.id for node in ast.walk(statement)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def import_lines(function, bound=()):
    """Return the import statements for what `function` uses of its module, except the `bound` names.

    A patched function has the module of its reference.
    """
    lines, sources = [], {}
    for name, value in used_names(function).items():
        if name in bound:
            continue
        if inspect.ismodule(value):
            lines.append(f"import {value.__name__}" + (f" as {name}" if value.__name__ != name else ""))
        else:  # a function tells where it comes from; a constant is taken from the reference's module
            whence = value if inspect.isroutine(value) or inspect.isclass(value) else _plain(function)
            sources.setdefault(whence.__module__, []).append(name)
    return lines + [f"from {module} import {', '.join(names)}" for module, names in sources.items()]


def used_names(function):
    """Return what `function` uses of its module, by name: modules, functions, constants."""
    source = function.source if isinstance(function, Patched) else undecorated_source(function)
    function = _plain(function)
    loads = {node.id for node in ast.walk(ast.parse(source))
             if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    names = loads & set(function.__globals__) - set(function.__code__.co_varnames) - {function.__name__}
    return {name: function.__globals__[name] for name in sorted(names)}


def _plain(function):
    """Return a function without what wraps it; of a patched one its reference."""
    return inspect.unwrap(getattr(function, "reference", function))
