"""Recognising the mistake: the misconceptions run on the same cases, and agreement names one."""

from autograder.engine.distribution import Draws
from autograder.engine.exercise import CHANGED
from autograder.engine.parts import Intact, output, told_by
from autograder.engine.patch import Patched


def recognise(trial):
    """Return the misconceptions that explain a wrong answer.

    One that agrees in every part of every case stands alone. Otherwise each part that is wrong may have its own;
    and two mistakes made at once are tried together. Two samples may look alike by chance: a mistake that would make
    more parts wrong than are wrong is not recognised by samples alone.

    Returns
    -------
    list of (Misconception, tuple of str)
        With the names of the failed parts that it explains.
    """
    names = [part.name for part in trial.exercise.parts]
    telling = trial.failed - _mute(trial)
    failed = [name for name in names if name in trial.failed]
    mistakes = [(misconception, function) for misconception in trial.exercise.misconceptions
                for function in misconception.functions]
    for misconception, function in mistakes:  # most are out at the first case that differs
        if agreement(trial, trial.drawn.mistake, function, needed=frozenset(names)):
            return [(misconception, tuple(failed))]
    partial, by_chance = [], {part.name for part in trial.exercise.parts if isinstance(part.compare, Draws)}
    for misconception, function in mistakes:
        if misconception.whole:
            continue
        explained = agreement(trial, trial.drawn.mistake, function)
        refuted = set(names) - trial.failed - explained  # right, and by this mistake it would not be
        if explained & telling - (by_chance if refuted else set()):
            partial.append((misconception, function, explained & telling))
    chosen, left = _one_for_each_part(partial, [name for name in failed if name in telling])
    return (left and _two_at_once(trial, partial, failed)) or chosen


def _mute(trial):
    """Names of failed parts that say nothing of the mistake: nobody changed an argument, somebody only raised."""
    changed = any(finding.rank == CHANGED for _, _, finding in trial.findings)
    return set() if changed else {part.name for part in trial.exercise.parts if isinstance(part.compare, Intact)}


def _one_for_each_part(partial, failed):
    """Cover the failed parts, the misconception that explains most of what is left first; and say what stays."""
    told, remaining = {}, set(failed)  # a mistake that is recognised in two spellings is told once
    while best := max(partial, key=lambda item: len(item[2] & remaining), default=None):
        if not best[2] & remaining:
            break
        told.setdefault(best[0], set()).update(best[2] & remaining)
        remaining -= best[2]
    chosen = [(misconception, tuple(name for name in failed if name in parts)) for misconception, parts in told.items()]
    return chosen, remaining


def _two_at_once(trial, partial, failed):
    """Find a second mistake that, made together with one that explains a part, explains all."""
    for first, function, parts in partial:
        for second in trial.exercise.misconceptions:
            if second.whole:
                continue
            for other in second.functions:
                if second is first or not (isinstance(function, Patched) and isinstance(other, Patched)):
                    continue
                together = function.with_also(other)
                if together and agreement(trial, trial.drawn.outcome, together, needed=trial.failed):
                    rest = tuple(name for name in failed if name not in parts)
                    return [(first, tuple(name for name in failed if name in parts)), (second, rest)]
    return []


def agreement(trial, outcome, function, needed=()):
    """Names of the parts in which `function` gives what the learner's function gave, in every case.

    Nothing is explained where no failed part is, or one of those `needed` is not: the next case is then not run.
    Where both raise, the same exception with the same words is agreement; the same exception with other words
    (``@`` and ``np.dot`` complain differently) is one only if some other case agrees in a wrong value. What is right
    in both says nothing about the mistake, and a mistake explains no part in which it would itself be right: two
    samples may look alike of which one is right, barely.
    """
    explained, blamed, sure = {part.name for part in trial.exercise.parts}, set(), False
    for number in trial.most_telling_first:
        case, found, other = trial.cases[number], trial.found[number], outcome(function, number)
        told = [part for part in told_by(trial.exercise, case) if part.name in explained]
        if found.raised and other.raised and found.raised.type == other.raised.type:
            sure = sure or found.raised.signature == other.raised.signature
            blamed |= {part.name for part in told}
        elif found.raised or other.raised:
            explained -= {part.name for part in told}
        else:
            differ = set()
            for part in told:
                if not part.compare.same(output(part, found), output(part, other), case):
                    if part.name in needed:
                        return set()
                    differ.add(part.name)
            explained -= differ
            wrong = {part.name for part in told if part.name not in differ and (number, part.name) in trial.wrong
                     and _is_wrong(trial, number, part, other)}
            sure, blamed = sure or bool(wrong), blamed | wrong
        if not explained & trial.failed or not explained.issuperset(needed):
            return set()
    explained -= trial.failed - blamed
    return explained if sure and explained.issuperset(needed) else set()


def _is_wrong(trial, number, part, outcome):
    wanted = output(part, trial.drawn.wanted[number])
    return part.compare.find(part.name, output(part, outcome), wanted, trial.cases[number]) is not None
