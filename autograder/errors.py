"""The one kind of error that the command line tells in a line, without a traceback."""


class CourseError(Exception):
    """Something a user can mend: the message says what is wrong, where, and what to do."""

    exit_code = 2  # wrong usage


class ChapterError(CourseError):
    """A chapter that does not run as it should."""

    exit_code = 1  # something failed


class NotebookError(CourseError):
    """A notebook file that cannot be read or does not hold what is needed."""


class MissingToolError(CourseError):
    """A package that this command needs is not installed."""
