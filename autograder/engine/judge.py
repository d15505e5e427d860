"""From a subject and an exercise to a :class:`Result`.

The subject answers every case; each part is compared with the reference's; a wrong answer is diagnosed.
"""

import functools
import zlib
from dataclasses import replace

import numpy as np

from autograder.engine.advice import advice
from autograder.engine.diagnose import recognise
from autograder.engine.exercise import KIND, RAISED, VALUE, Finding
from autograder.engine.given import as_given, repaired
from autograder.engine.nest import functions
from autograder.engine.parts import Intact, output, told_by
from autograder.engine.result import FAILED, NOT_ATTEMPTED, PASSED, PartResult, Result
from autograder.engine.run import argument_names, run
from autograder.engine.subject import Local
from autograder.words import say


def draw_cases(exercise, seed):
    """Return the exercise's cases for `seed`: the same seed, the same cases."""
    return exercise.cases(np.random.default_rng([seed, zlib.crc32(exercise.id.encode())]))


class Drawn:
    """The cases of an exercise for one seed, and what the reference and every mistake make of them.

    The mistakes are run when they are first asked for, so that a class of learners costs them once.
    """

    def __init__(self, exercise, seed, hidden=False):
        self.cases = [replace(case, hidden=hidden) for case in draw_cases(exercise, seed)]
        self.names = argument_names(exercise.reference)
        self.handed_over = tuple(dict.fromkeys(functions([case.args for case in self.cases])))
        self.wanted = [run(exercise.reference, case, self.names) for case in self.cases]
        self._mistakes = {}

    def mistake(self, function, number):
        """Return the outcome of a wrong function on the case with this number."""
        key = function, number
        if key not in self._mistakes:
            self._mistakes[key] = self.outcome(function, number)
        return self._mistakes[key]

    def outcome(self, function, number):
        """Return what a function makes of the case with this number, and keep nothing."""
        return run(function, self.cases[number], self.names)


drawn = functools.lru_cache(maxsize=128)(Drawn)


def judge(subject, exercise, seed=0, others=(), hidden=False):
    """Check a function against an exercise.

    Parameters
    ----------
    subject : callable or Local
        The learner's function, or a subject that runs it elsewhere.
    exercise : Exercise
    seed : int
        Cases are drawn from it.
    others : iterable of Exercise
        All exercises: calling their references is no work of one's own, except those in ``exercise.uses``.
    hidden : bool
        Whether the messages keep the wanted values to themselves.

    Returns
    -------
    Result
    """
    subject = Local(subject) if callable(subject) else subject
    uses = {other.id: other.reference for other in others if other.id in exercise.uses}
    forbidden = [exercise.reference, *exercise.forbids, *(other.reference for other in others if other.id not in uses)]
    trial = _Trial(subject, exercise, drawn(exercise, seed, hidden), forbidden, uses.values())
    if not trial.failed:
        return _passed(exercise, subject)
    if uses and not trial.calls_reference and not trial.is_stub:
        subject = subject.helped_by(uses)
        trial = _Trial(subject, exercise, trial.drawn, forbidden, uses.values())
        if not trial.failed:
            return _passed(exercise, subject, say(
                "What it calls is not all right yet ({names}): checked, and used from here on, with the reference's.",
                names=", ".join(uses)))
    return _failed(trial)


class _Trial:
    """One run of a subject over all cases, with every finding."""

    def __init__(self, subject, exercise, drawn, forbidden, allowed):
        self.exercise, self.drawn, self.cases = exercise, drawn, drawn.cases
        # What a case hands over is there to be called, whatever it calls itself.
        self._ask = functools.partial(subject.answer, names=drawn.names, forbidden=forbidden,
                                      allowed=[*allowed, *drawn.handed_over])
        answers = self._ask(drawn.cases)
        self.found, self.calls_reference = answers.outcomes, answers.forbidden
        names = {part.name: say(part.name) for part in exercise.parts}
        found_in = [
            (number, part, finding)
            for number, (case, found, wanted) in enumerate(zip(drawn.cases, self.found, drawn.wanted, strict=True))
            for part in told_by(exercise, case)
            if (finding := _find(part, names[part.name], case, found, wanted)) is not None
        ]
        self.findings = [(drawn.cases[number], part, finding) for number, part, finding in found_in]
        self.wrong = frozenset((number, part.name) for number, part, _ in found_in)
        everything = self.calls_reference
        self.failed = {part.name for part in exercise.parts} if everything else {p.name for _, p, _ in self.findings}
        first = self.found[0].raised
        self.is_stub = bool(first and first.type == "NotImplementedError" and first.function in ("", subject.name))

    @functools.cached_property
    def most_telling_first(self):
        """Numbers of the cases: first those that went wrong, and of them those that call the function least often."""
        went_wrong = {number for number, _ in self.wrong}
        return sorted(range(len(self.cases)), key=lambda number: (number not in went_wrong, self.cases[number].repeat))

    def is_fickle(self, case, part):
        """Whether the same call, made once more, gives another result: something is kept, or drawn at random."""
        before = self.found[next(number for number, other in enumerate(self.cases) if other is case)]
        again, = self._ask([case]).outcomes
        return not (before.raised or again.raised) and not part.compare.same(
            output(part, before), output(part, again), case)


def _find(part, name, case, outcome, wanted):
    if outcome.raised:
        told = functools.partial(_raised_text, outcome.raised, case)
        if hasattr(part.compare, "when_raised"):  # this kind of exercise has something to say to any error
            return part.compare.when_raised(outcome.raised, told(), wanted.value, case)
        return Finding(RAISED, told)
    if outcome.value is None and wanted.value is not None and not isinstance(part.compare, Intact):
        if outcome.printed:
            return Finding(KIND, say("The function printed something and returned None: `print` shows a result, "
                                     "`return` hands it on."))
        return Finding(KIND, say("The function returned None: is the return statement missing?"))
    return part.compare.find(name, output(part, outcome), output(part, wanted), case)


def _raised_text(raised, case):
    what = f"{raised.type}: {raised.text}" if raised.text else raised.type
    when = say(" (case: {label})", label=say(case.label)) if case.label else ""
    if raised.line is None:
        return say("The function raised {what}{when}.", what=what, when=when)
    return say("The function raised {what}{when}\nin line {line} of its cell: {source}", what=what, when=when,
               line=raised.line, source=raised.source)


def _meaning(trial, case):
    """Return what the error in this case means in plain words, or None; also where there is no error."""
    raised = next(found.raised for other, found in zip(trial.cases, trial.found, strict=True) if other is case)
    return raised and advice(raised)


def _passed(exercise, subject, remark=""):
    message = say("Right in every case. From here on this chapter uses your {name}.", name=exercise.id)
    parts = tuple(PartResult(part.name, float(part.points), float(part.points), PASSED) for part in exercise.parts)
    return Result(exercise.id, exercise.chapter, PASSED, exercise.points, exercise.points,
                  "\n".join(filter(None, (message, remark))), hints=exercise.hints, parts=parts,
                  function=subject.function)


def _failed(trial):
    exercise = trial.exercise
    status = NOT_ATTEMPTED if trial.is_stub or as_given(trial) else FAILED
    idle = status == NOT_ATTEMPTED or not (exercise.given is None or repaired(trial))
    parts = tuple(
        PartResult(part.name, 0.0, float(part.points), status) if part.name in trial.failed
        else PartResult(part.name, 0.0 if idle else float(part.points), float(part.points),
                        NOT_ATTEMPTED if idle else PASSED)
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
        return _not_attempted(trial) + "\n" + goes_on, None
    if trial.calls_reference:
        return say("This calls the library's own function `{name}`, so it earns nothing: write the steps yourself.\n"
                   "{goes_on}", name=trial.calls_reference, goes_on=goes_on), None
    case, part, finding = min(trial.findings, key=lambda item: item[2].rank)
    fact = finding.text
    if finding.rank == VALUE and case.label:
        fact = say("{fact} (case: {label})", fact=fact, label=say(case.label))
    recognised = recognise(trial)
    lines = [_recognised_text(misconception, parts, len(recognised) > 1 or len(parts) < len(trial.failed))
             for misconception, parts in recognised]
    if not recognised and (meaning := _meaning(trial, case)):
        fact += "\n" + say(meaning)
    if not recognised and finding.rank != KIND and trial.is_fickle(case, part):
        lines.append(say("Called once more with the same arguments, the function gives another result. Does it keep "
                         "something from call to call (in a global variable, or in a list that is a default "
                         "argument), or draw at random?"))
    if trial.exercise.given is not None and not repaired(trial):
        lines.append(say("Nothing that was wrong in the given function is right yet."))
    return "\n".join([*lines, fact, goes_on]), recognised[0][0] if recognised else None


def _not_attempted(trial):
    if trial.is_stub:
        return say("Not attempted yet: fill in the cell above, run it, then run this one.")
    return say("The function still does what it did as it was given, in every case: find what is wrong in the cell "
               "above, repair it, run it, then run this one.")


def _recognised_text(misconception, parts, several):
    if several:
        return say("{parts}: {message}", parts=", ".join(parts), message=say(misconception.message))
    return say(misconception.message)


def _printed(trial):
    printed = next((outcome.printed for outcome in trial.found if outcome.printed), "")
    warned = dict.fromkeys(text for outcome in trial.found for text in outcome.warned)
    warnings = [say("Warning: {text}", text=text) for text in list(warned)[:3]]
    return "\n".join(filter(None, (printed.rstrip(), *warnings)))
