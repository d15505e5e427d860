"""A submission's function, as a subject of the engine."""

from autograder.engine.run import Outcome, changed_arguments
from autograder.engine.subject import Answers
from autograder.sandbox.host import CALL_LIMIT


class Remote:
    """A function in a sandbox. The library is out of its reach, so nothing forbidden can be called there.

    Parameters
    ----------
    session : Session
    name : str
    limit : float
        Seconds for all cases together.
    helpers : dict of str to callable
        Functions that it gets instead of its own, where it calls them by name.
    library : dict of str to object
        What it may import beside what is always there.
    """

    function = None

    def __init__(self, session, name, limit=CALL_LIMIT, helpers=None, library=None):
        self.session, self.name, self.limit = session, name, limit
        self.helpers, self.library, self.lookup = helpers or {}, library or {}, name

    def answer(self, cases, names, forbidden, allowed):
        """Run the function on every case."""
        raw, self.name = self.session.answer(self.lookup, cases, self.helpers, self.limit, self.library)
        return Answers(tuple(
            Outcome(value, raised, () if after is case.args else changed_arguments(case, after, names), printed, warned)
            for case, (value, raised, printed, warned, after) in zip(cases, raw, strict=True)))

    def helped_by(self, replacements):
        """Return the same function, calling these where it names them."""
        return Remote(self.session, self.lookup, self.limit, replacements, self.library)
