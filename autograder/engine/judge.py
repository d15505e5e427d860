"""From a function and an exercise to a :class:`Result`.

The function runs on every case; each part is compared with the reference's; on a wrong answer the misconceptions run
on the same cases, and full agreement names the mistake.
"""

import zlib
from dataclasses import dataclass

import numpy as np

from autograder.engine.exercise import CHANGED, RAISED, VALUE, Finding, Part
from autograder.engine.nest import pick
from autograder.engine.patch import Patched
from autograder.engine.result import FAILED, NOT_ATTEMPTED, PASSED, PartResult, Result
from autograder.engine.run import Watch, argument_names, replaced, run
from autograder.words import mark, say


@dataclass(frozen=True)
class Intact:
    """The part that is right when no argument was changed. Its comparison reads the outcome, not the result."""

    def find(self, name, found, wanted, case):
        """Return the :class:`Finding` that names the changed arguments (`found`), or None."""
        if not found:
            return None
        which = ", ".join(found[:4])
        return Finding(CHANGED, say("The function changes its inputs ({which}). Work on a copy: whoever called it "
                                    "still needs them.", which=which))

    def same(self, found, other, case):
        """Whether the same arguments were changed."""
        return found == other


def intact(points):
    """Return the part that earns `points` for leaving the inputs alone."""
    return Part(mark("inputs left unchanged"), points, Intact())


def draw_cases(exercise, seed):
    """Return the exercise's cases for `seed`: the same seed, the same cases."""
    return exercise.cases(np.random.default_rng([seed, zlib.crc32(exercise.id.encode())]))


def judge(function, exercise, seed=0, others=()):
    """Check `function` against `exercise`.

    Parameters
    ----------
    function : callable
        The learner's.
    exercise : Exercise
    seed : int
        Cases are drawn from it.
    others : iterable of Exercise
        All exercises: calling their references is no work of one's own, except those in ``exercise.uses``.

    Returns
    -------
    Result
    """
    uses = {other.id: other.reference for other in others if other.id in exercise.uses}
    forbidden = [exercise.reference, *(other.reference for other in others if other.id not in uses)]
    cases = draw_cases(exercise, seed)
    trial = _Trial(function, exercise, cases, forbidden, uses.values())
    if not trial.failed:
        return _passed(exercise, function)
    if uses and not trial.calls_reference and not _stub(trial, function):
        with replaced(function, uses):
            trial = _Trial(function, exercise, cases, forbidden, uses.values())
        if not trial.failed:
            return _passed(exercise, _with(function, uses), say(
                "What it calls is not all right yet ({names}): checked, and used from here on, with the reference's.",
                names=", ".join(uses)))
    return _failed(trial, function)


class _Trial:
    """One run of a function over all cases, with every finding."""

    def __init__(self, function, exercise, cases, forbidden, allowed):
        self.exercise, self.cases = exercise, cases
        self.names = argument_names(exercise.reference)
        self.wanted = [run(exercise.reference, case, self.names) for case in cases]
        with Watch(forbidden, allowed) as watch:
            self.found = [run(function, case, self.names) for case in cases]
        self.calls_reference = watch.seen
        self.findings = [
            (case, part, finding)
            for case, found, wanted in zip(cases, self.found, self.wanted, strict=True)
            for part in told_by(exercise, case)
            if (finding := _find(part, case, found, wanted)) is not None
        ]
        self.failed = {part.name for _, part, _ in self.findings}
        if self.calls_reference:
            self.failed = {part.name for part in exercise.parts}


def told_by(exercise, case):
    """Return the parts of `exercise` that `case` tells about."""
    return [part for part in exercise.parts if case.parts is None or part.name in case.parts]


def output(part, outcome):
    """Return what `part` looks at in an outcome."""
    return outcome.changed if isinstance(part.compare, Intact) else pick(outcome.value, part.path)


def _find(part, case, outcome, wanted):
    if outcome.raised:
        return Finding(RAISED, _raised_text(outcome.raised, case))
    return part.compare.find(say(part.name), output(part, outcome), output(part, wanted), case)


def _raised_text(raised, case):
    what = f"{raised.type}: {raised.text}" if raised.text else raised.type
    when = say(" (case: {label})", label=say(case.label)) if case.label else ""
    if raised.line is None:
        return say("The function raised {what}{when}.", what=what, when=when)
    return say("The function raised {what}{when}\nin line {line} of its cell: {source}", what=what, when=when,
               line=raised.line, source=raised.source)


def recognise(trial):
    """Return the misconceptions that explain a wrong answer.

    One that agrees in every part of every case stands alone. Otherwise each part that is wrong may have its own;
    and two mistakes made at once are tried together.

    Returns
    -------
    list of (Misconception, tuple of str)
        With the names of the failed parts that it explains.
    """
    names = [part.name for part in trial.exercise.parts]
    failed = [name for name in names if name in trial.failed]
    partial = []
    for misconception in trial.exercise.misconceptions:
        for function in misconception.functions:
            explained = _explained(trial, function)
            if len(explained) == len(names):
                return [(misconception, tuple(failed))]
            if explained & trial.failed:
                partial.append((misconception, function, explained & trial.failed))
    return _one_for_each_part(partial, failed) or _two_at_once(trial, partial, failed) or _best(partial, failed)


def _best(partial, failed):
    if not partial:
        return []
    misconception, _, parts = max(partial, key=lambda item: len(item[2]))
    return [(misconception, tuple(name for name in failed if name in parts))]


def _one_for_each_part(partial, failed):
    """Cover all failed parts, the misconception that explains most of what is left first; or nothing."""
    chosen, remaining = [], set(failed)
    while remaining:
        best = max(partial, key=lambda item: len(item[2] & remaining), default=None)
        if best is None or not best[2] & remaining:
            return []
        chosen.append((best[0], tuple(name for name in failed if name in best[2] & remaining)))
        remaining -= best[2]
    return chosen


def _two_at_once(trial, partial, failed):
    """Find a second mistake that, made together with one that explains a part, explains all."""
    for first, function, parts in partial:
        for second in trial.exercise.misconceptions:
            for other in second.functions:
                if second is first or not (isinstance(function, Patched) and isinstance(other, Patched)):
                    continue
                together = function.with_also(other)
                if together and trial.failed <= _explained(trial, together):
                    rest = tuple(name for name in failed if name not in parts)
                    return [(first, tuple(name for name in failed if name in parts)), (second, rest)]
    return []


def _explained(trial, function):
    """Names of the parts in which `function` gives what the learner's function gave, in every case.

    Where both raise, the same exception with the same words is agreement; the same exception with other words
    (``@`` and ``np.dot`` complain differently) is one only if some other case agrees in values.
    """
    explained, sure = {part.name for part in trial.exercise.parts}, False
    for case, found in zip(trial.cases, trial.found, strict=True):
        other = run(function, case, trial.names)
        if found.raised or other.raised:
            if not (found.raised and other.raised and found.raised.type == other.raised.type):
                return set()
            sure = sure or found.raised.text == other.raised.text
        else:
            told = [part for part in told_by(trial.exercise, case) if part.name in explained]
            differ = {part.name for part in told
                      if not part.compare.same(output(part, found), output(part, other), case)}
            explained -= differ
            sure = sure or len(differ) < len(told)
        if not explained & trial.failed:
            return set()
    return explained if sure else set()


def _stub(trial, function):
    """Whether the function is still the stub: its own first act is to say that it is not written."""
    raised = trial.found[0].raised
    if raised is None or raised.type != "NotImplementedError":
        return False
    return raised.function in ("", getattr(function, "__name__", ""))


def _passed(exercise, function, remark=""):
    message = say("Right in every case. From here on this chapter uses your {name}.", name=exercise.id)
    parts = tuple(PartResult(part.name, float(part.points), float(part.points), PASSED) for part in exercise.parts)
    return Result(exercise.id, exercise.chapter, PASSED, exercise.points, exercise.points,
                  "\n".join(filter(None, (message, remark))), hints=exercise.hints, parts=parts, function=function)


def _failed(trial, function):
    exercise = trial.exercise
    status = NOT_ATTEMPTED if _stub(trial, function) else FAILED
    parts = tuple(
        PartResult(part.name, 0.0, float(part.points), status) if part.name in trial.failed
        else PartResult(part.name, float(part.points), float(part.points), PASSED)
        for part in exercise.parts
    )
    points = float(sum(part.points for part in parts))
    message, misconception = _message(trial, status)
    return Result(exercise.id, exercise.chapter, status, points, exercise.points, message,
                  misconception=misconception and misconception.id, link=misconception and misconception.anchor,
                  hints=exercise.hints, parts=parts, printed=_printed(trial), function=exercise.reference)


def _message(trial, status):
    name = trial.exercise.id
    goes_on = say("From here on this chapter uses the reference's {name}.", name=name)
    if status == NOT_ATTEMPTED:
        return say("Not attempted yet: fill in the cell above, run it, then run this one.") + "\n" + goes_on, None
    if trial.calls_reference:
        return say("This calls the library's own function, so it earns nothing: write the steps yourself.\n{goes_on}",
                   goes_on=goes_on), None
    case, _, finding = min(trial.findings, key=lambda item: item[2].rank)
    fact = finding.text
    if finding.rank == VALUE and case.label:
        fact = say("{fact} (case: {label})", fact=fact, label=say(case.label))
    recognised = recognise(trial)
    lines = [_recognised_text(misconception, parts, len(recognised) > 1 or len(parts) < len(trial.failed))
             for misconception, parts in recognised]
    return "\n".join([*lines, fact, goes_on]), recognised[0][0] if recognised else None


def _recognised_text(misconception, parts, several):
    if several:
        return say("{parts}: {message}", parts=", ".join(parts), message=say(misconception.message))
    return say(misconception.message)


def _printed(trial):
    printed = next((outcome.printed for outcome in trial.found if outcome.printed), "")
    warned = dict.fromkeys(text for outcome in trial.found for text in outcome.warned)
    warnings = [say("Warning: {text}", text=text) for text in list(warned)[:3]]
    return "\n".join(filter(None, (printed.rstrip(), *warnings)))


def _with(function, replacements):
    """Return `function` as it works while the functions it calls are the reference's."""
    def checked(*args, **kwargs):
        with replaced(function, replacements):
            return function(*args, **kwargs)

    checked.__name__ = getattr(function, "__name__", "checked")
    checked.__wrapped__ = function
    return checked


__all__ = ["draw_cases", "intact", "judge"]
