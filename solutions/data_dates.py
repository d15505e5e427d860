"""Dates as people write them, in English and in Chinese: pairs for Section 1's machine translation."""

import datetime

from solutions.checks import generator, positive_integer
from solutions.contract import contract

__all__ = ["LANGUAGES", "written_dates"]

LANGUAGES = ("English", "Chinese")
FIRST_DAY, LAST_DAY = datetime.date(1980, 1, 1), datetime.date(2039, 12, 31)

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DIGITS = "〇一二三四五六七八九"
CHINESE_WEEKDAYS = "一二三四五六日"


def _language(name, value, sizes):
    """Accept one of the languages."""
    if value not in LANGUAGES:
        raise ValueError(f"{name} is {value!r}, wanted {' or '.join(LANGUAGES)}")


@contract(n_examples=positive_integer, rng=generator, language=_language)
def written_dates(n_examples, rng, language="English"):
    """Write dates as people do, each with its translation into the international form.

    Parameters
    ----------
    n_examples : int
        How many dates, from 1980 to 2039.
    rng : numpy.random.Generator
        The source of the random numbers; the same state gives the same dates.
    language : str
        ``"English"`` or ``"Chinese"``.

    Returns
    -------
    written : list of str
        ``"5 March 2021"``, ``"Mar 5, 2021"``, ``"the 5th of March 2021"``, ``"Friday, March 5, 2021"``
        and so on; in Chinese ``"2021年3月5日"``, ``"二〇二一年三月五日"`` and so on.
    iso : list of str
        The same dates as ``"2021-03-05"``: always ten characters, whatever the length before.

    Raises
    ------
    TypeError, ValueError
        If `n_examples` is not a whole number from 1 on, `rng` is not a generator, or there is no
        such language.

    Notes
    -----
    Section 1 of the notes: a sequence in, a sequence out, and T_x is not T_y.
    """
    write = _english if language == "English" else _chinese
    days = rng.integers(FIRST_DAY.toordinal(), LAST_DAY.toordinal() + 1, size=n_examples)
    dates = [datetime.date.fromordinal(int(day)) for day in days]
    return [write(date, rng) for date in dates], [date.isoformat() for date in dates]


def _english(date, rng):
    day, month, year = date.day, MONTHS[date.month - 1], date.year
    ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    forms = [f"{day} {month} {year}", f"{day} {month[:3]} {year}", f"{month} {day}, {year}",
             f"{month[:3]} {day}, {year}", f"the {day}{ending} of {month} {year}",
             f"{WEEKDAYS[date.weekday()]}, {month} {day}, {year}"]
    return forms[rng.integers(len(forms))]


def _chinese(date, rng):
    day, month = _chinese_number(date.day), _chinese_number(date.month)
    year = "".join(DIGITS[int(digit)] for digit in str(date.year))
    weekday = CHINESE_WEEKDAYS[date.weekday()]
    forms = [f"{year}年{month}月{day}日", f"{year}年{month}月{day}号", f"{date.year}年{date.month}月{date.day}日",
             f"{year}年{month}月{day}日星期{weekday}"]
    return forms[rng.integers(len(forms))]


def _chinese_number(number):
    """Write a number from 1 to 99 in Chinese: 5 五, 15 十五, 25 二十五."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")
