"""The one place through which every word to a user goes, so that another language needs no change of code.

Messages in the code are English. ``autograder/locale/<language>/LC_MESSAGES/autograder.mo`` holds a translation.
"""

import gettext
import os
from functools import cache
from pathlib import Path

LOCALE = Path(__file__).with_name("locale")


@cache
def _translation(language):
    return gettext.translation("autograder", LOCALE, languages=[language], fallback=True)


def say(message, /, **values):
    """Translate `message` into the language of ``AUTOGRADER_LANGUAGE`` (default English) and fill in `values`."""
    text = _translation(os.environ.get("AUTOGRADER_LANGUAGE", "en")).gettext(message)
    return text.format(**values) if values else text


def mark(message):
    """Mark a message that is data for translation; it is translated where it is shown."""
    return message
