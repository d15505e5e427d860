"""What holds for the package as a whole: what it exports, imports and says, and that its bodies can be taught."""

import ast
import builtins
import dis
import importlib
import inspect
import itertools
import sys
from pathlib import Path

import numpy as np
import pytest

import solutions

FOLDER = Path(solutions.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
FUNCTIONS = sorted(name for name in solutions.__all__ if callable(getattr(solutions, name)))
TAUGHT = ["sequence_kind", "application_kind", "extract_entities", "best_share_without_order",
          "build_vocabulary", "encode", "one_hot", "pad_batch",
          "sigmoid", "softmax", "rnn_cell_forward", "rnn_forward", "stack_parameters", "count_parameters",
          "sequence_loss", "softmax_loss", "rnn_cell_backward", "rnn_backward", "output_backward",
          "numerical_gradients", "gradient_check", "apply_temperature", "sample_token", "sample_sequence",
          "compare_levels", "apply_top_k", "tokenize", "language_model_pairs", "language_model_step",
          "sentence_log_probability", "perplexity",
          "gru_cell_forward_simplified", "gru_forward_simplified", "gru_cell_backward_simplified",
          "gru_backward_simplified", "gru_cell_forward", "gru_forward", "gru_cell_backward", "gru_backward",
          "lstm_cell_forward", "lstm_forward", "lstm_cell_backward", "lstm_backward",
          "peephole_lstm_cell_forward", "peephole_lstm_forward", "peephole_lstm_cell_backward",
          "peephole_lstm_backward", "stack_gates", "stack_halved_gates", "split_gates", "previous_states",
          "scores_of_inputs", "runs_of_steps", "side_by_side", "scores_backward",
          "reverse_sequence", "birnn_forward", "birnn_summary", "birnn_backward",
          "deep_rnn_step", "deep_rnn_forward", "deep_rnn_backward", "count_deep_parameters", "many_to_many_forward",
          "many_to_many_backward", "many_to_one_forward", "many_to_one_backward", "likeliest",
          "one_to_many_forward", "one_to_many_backward", "encoder_decoder_forward",
          "encoder_decoder_backward", "part", "labelled", "clip_by_value", "clip_by_norm",
          "accepts_clip_by_norm", "predict_gradient_flow",
          "gradient_norms_through_time", "state_gradient_norms"]


def plain(name):
    return inspect.unwrap(getattr(solutions, name))


def test_the_facade_exports_what_the_modules_export_and_nothing_else():
    exported = {name for module in MODULES if module not in ("contract", "checks")
                for name in importlib.import_module(f"solutions.{module}").__all__}
    assert set(solutions.__all__) == exported
    assert solutions.__all__ == sorted(solutions.__all__, key=lambda name: (not name.isupper(), name))


def test_the_map_of_the_package_names_every_module():
    assert all(f"`{module}`" in solutions.__doc__ for module in MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_numpy_and_the_standard_library_alone(module):
    tree = ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    roots = {name.partition(".")[0] for name in imported}
    assert roots <= {"numpy", "solutions"} | sys.stdlib_module_names


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_in_one_sitting(module):
    assert len((FOLDER / f"{module}.py").read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_docstring_says_the_job_each_argument_and_the_result(name):
    function = getattr(solutions, name)
    first, blank, *rest = inspect.getdoc(function).splitlines()
    assert first.endswith(".")
    assert blank == ""
    headings = [line for line, below in itertools.pairwise(rest) if below and set(below) == {"-"}]
    order = ["Parameters", "Returns", "Raises", "Notes", "References"]
    assert headings == [heading for heading in order if heading in headings]
    assert "Returns" in headings
    arguments = inspect.signature(function).parameters
    if arguments:
        assert {"Parameters", "Raises"} <= set(headings)
        documented = {part.strip() for line in rest if not line.startswith(" ")
                      for part in line.partition(" : ")[0].split(",")}
        assert set(arguments) <= documented


@pytest.mark.parametrize("name", TAUGHT)
def test_a_taught_body_uses_numpy_its_arguments_and_public_functions_alone(name):
    allowed = {"np", *solutions.__all__, *dir(builtins)}
    code = plain(name).__code__
    codes = [code, *(constant for constant in code.co_consts if inspect.iscode(constant))]
    used = {step.argval for part in codes for step in dis.get_instructions(part) if step.opname == "LOAD_GLOBAL"}
    assert used <= allowed
    assert not code.co_freevars


@pytest.mark.parametrize("name", TAUGHT)
def test_a_taught_body_runs_in_a_notebook_that_imports_numpy_and_the_package(name):
    source = inspect.getsource(plain(name))
    definition = ast.parse(source).body[0]
    definition.decorator_list = []
    notebook = {"np": np, **{other: getattr(solutions, other) for other in solutions.__all__ if other != name}}
    exec(ast.unparse(definition), notebook)
    assert callable(notebook[name])
    assert not definition.returns
    assert not any(argument.annotation for argument in definition.args.args)


@pytest.mark.parametrize("name", TAUGHT)
def test_a_docstring_does_not_give_the_code_away(name):
    definition = ast.parse(inspect.getsource(plain(name))).body[0]
    docstring = ast.get_docstring(definition)
    calls = {ast.unparse(node) for statement in definition.body[1:] for node in ast.walk(statement)
             if isinstance(node, ast.Call | ast.BinOp)}
    told = {call for call in calls if len(call) > 12 and call in docstring}
    # The docstrings state the clipping bound and what is counted: learners need them to agree on the numbers.
    assert told <= {"np.finfo(y_pred.dtype)", "text.split()"}


@pytest.mark.parametrize("name", TAUGHT)
def test_a_taught_function_is_short(name):
    definition = ast.parse(inspect.getsource(plain(name))).body[0]
    body = definition.body[1:]
    assert body[-1].end_lineno - body[0].lineno < 30


def test_no_module_draws_from_the_global_random_state():
    for module in MODULES:
        for node in ast.walk(ast.parse((FOLDER / f"{module}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value) == "np.random":
                assert node.attr == "Generator"
