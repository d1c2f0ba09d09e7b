"""Finds dates and periods, each with its value where the text itself gives it."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.text.dates import date_pattern, month_number, read_date
from fot_graph.text.finding.amounts import unit_pattern
from fot_graph.text.finding.patterns import YEAR, month_pattern
from fot_graph.text.languages import any_of, languages, patterns, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class TimeExpression(NamedTuple):
    """A date or period in a line of text, with its value as in ISO 8601; '' if the text does not give it."""

    start: int
    end: int
    value: str


def moments(text: str) -> list[TimeExpression]:
    """Find the dates and periods, in order; what 'van … tot …' or 'tussen … en …' joins is one period.

    >>> [moment.value for moment in moments("tussen 1 april en 3 mei 2016, in maart en juni 2017")]
    ['2016-04-01/2016-05-03', '2017-03', '2017-06']
    """
    found: list[TimeExpression] = []
    for moment in reversed(list(_single(text))):  # the year of the last one may be that of those before it
        later = found[-1] if found else None
        is_linked = later and _LINK.fullmatch(text, moment.end, later.start)
        found.append(_with_year(moment, later) if later and is_linked else moment)
    return list(_joined(text, reversed(found)))


def _single(text: str) -> Iterator[TimeExpression]:
    for match in _moment().finditer(text):
        if value := _value(match, text):
            start, end = match.span()
            if match["around"] and _is_of_a_name(text, start):
                start = match.end("around")
            yield TimeExpression(start, end, value.strip())


def _is_of_a_name(text: str, start: int) -> bool:
    """Tell whether a word has a capital in the middle of a sentence: 'Leeuwarder Courant', 'Menachem Begin'."""
    return text[start].isupper() and bool(_WORD_BEFORE.search(text[max(0, start - 40) : start]))


_WORD_BEFORE = re.compile(r"\w,? \Z")


@cache
def _moment() -> re.Pattern[str]:
    """Give the pattern of a date or period; which group it has tells which kind."""
    month, year = month_pattern(), YEAR
    day = r"\d{1,2}(?:st|nd|rd|th|er|ste|de|e)?"
    days = rf"(?P<first>{day})(?:(?:, {day})*,? ?(?:{any_of('through')}|{any_of('and')}|-|/) ?(?P<last>{day}))"
    around = rf"(?P<around>(?i:(?<![\w-])(?:{any_of('around')}))[ -]?(?:van |of |de |d')?)?"
    named = rf"(?P<month>{month})"
    part_of_year = rf"(?i:{patterns('parts_of_year')}|(?:{any_of('seasons')})|[QT][1-4])"
    day_and_month = rf"(?:{day} (?P<month1>{month})|(?P<month2>(?:{any_of('months')})) {day}(?!\d))(?![\w-])"
    kinds = (
        rf"(?P<days>{days} {named}(?: (?P<year0>{year}))?)",
        rf"(?P<full>{date_pattern()})",
        rf"(?P<of_year>{part_of_year}(?: (?:van|de|of))? (?P<year1>{year}))",
        rf"(?P<day_month>(?<![\d.,]){day_and_month}(?: (?:{patterns('undated')}))?)",
        rf"(?P<month_year>(?<![\w-])(?P<month3>{month})(?: van| de| of|,)? (?P<year2>{year}))",
        r"(?P<numbered>(?<![\d./-])(?P<month4>0?[1-9]|1[0-2])/(?P<year3>(?:19|20)\d\d)(?![\w/]))",
        r"(?P<years>(?<![\w.,/-])(?P<from>(?:19|20)\d\d) ?[-/] ?(?P<to>(?:19|20)?\d\d)(?![\w/-]|[.,]\d))",
        rf"(?P<relative>(?i:(?<![\w-])(?:{patterns('relative_periods')}))(?![\w-]))",
        rf"(?P<only_year>{year.replace('/.,-', '/.,')})",
        rf"(?P<only_month>(?<![\w-])(?P<month5>{any_of('months')})(?![\w-]))",
    )
    return re.compile(rf"{around}(?:{'|'.join(kinds)})")


def _value(match: re.Match[str], text: str) -> str:
    """Give the value of a match, a blank where the text does not give it, '' where the match is none."""
    kind = next(name for name in _VALUES if match[name])
    return _VALUES[kind](match, text)


def _of_days(match: re.Match[str], _: str) -> str:
    first, last = (int(re.sub(r"\D", "", match[name])) for name in ("first", "last"))
    month, year = month_number(match["month"]), match["year0"]
    ends = [_iso(year, month, day) for day in (first, last)]
    return "/".join(ends) if all(ends) else ""


def _iso(year: str | None, month: int, day: int) -> str:
    try:
        date(int(year or 2000), month, day)
    except ValueError:
        return ""
    return f"{year or '-'}-{month:02}-{day:02}"


def _of_day_and_month(match: re.Match[str], text: str) -> str:
    if match["month2"] and _is_a_person(text, match.start("month2")):
        return ""
    written = match["day_month"]
    month = month_number(match["month1"] or match["month2"])
    return _iso(None, month, int(re.findall(r"\d+", written)[0]))


def _of_part_of_year(match: re.Match[str], _: str) -> str:
    """Give a quarter or half of a year as its months; of a season only its year is sure."""
    words, year = match["of_year"].lower(), match["year1"]
    place = next((number for number, names in enumerate(_ORDINALS, start=1) if any(n in words for n in names)), 0)
    length = next((months for months, names in _LENGTHS.items() if any(name in words for name in names)), 0)
    if re.match("[qt][1-4]", words):
        place, length = int(words[1]), 3
    if not place or not length or place * length > 12:
        return str(year)
    return f"{year}-{(place - 1) * length + 1:02}/{year}-{place * length:02}"


_ORDINALS = (
    ("eerste", "1ste", "1e ", "premier", "1er", "first"),
    ("tweede", "2de", "2e ", "deuxième", "second"),
    ("derde", "3de", "3e ", "troisième", "third"),
    ("vierde", "4de", "4e ", "quatrième", "fourth"),
)
_LENGTHS = {3: ("kwartaal", "trimest", "quarter"), 6: ("semest", "helft", "half")}


def _of_numbers(match: re.Match[str], text: str) -> str:
    if _NUMBER_BEFORE.search(text[max(0, match.start() - 12) : match.start()]):
        return ""
    return f"{match['year3']}-{int(match['month4']):02}"


def _of_years(match: re.Match[str], _: str) -> str:
    """Give a range of years; one with a slash only where the years follow each other ('2019/20')."""
    first, last = match["from"], match["to"]
    last = last if len(last) == 4 else first[:2] + last
    apart = int(last) - int(first)
    is_range = apart == 1 or ("/" not in match["years"] and 0 < apart <= 60)
    return f"{first}/{last}" if is_range else ""


def _of_only_year(match: re.Match[str], text: str) -> str:
    start, end = match.span("only_year")
    before, after = text[max(0, start - 12) : start], text[end : end + 16]
    if _NUMBER_BEFORE.search(before) or _counts().match(after):
        return ""
    is_round = match["only_year"] in ("1900", "2000")
    return "" if is_round and re.match(r" [a-zà-ÿ]{4,}", after) and not _cue().search(before) else match["only_year"]


_NUMBER_BEFORE = re.compile(
    r"(?:(?i:nrs?\.?|n[°ºo]|nos?\.?|nummer|number|numéro|art(?:ikel|icle)?\.?|p\.|blz\.|pages?)|[§€$£#]|EUR) ?$"
)


@cache
def _counts() -> re.Pattern[str]:
    return re.compile(rf" ?(?![€$£] ?\d)(?:{unit_pattern()}|(?:{any_of('magnitudes')})(?!\w))")


@cache
def _cue() -> re.Pattern[str]:
    cues = "in|sinds|tegen|voor|na|van|vanaf|tot|jaar|en|depuis|avant|après|année|since|by|before|after|from|year"
    return re.compile(rf"(?<!\w)(?:{cues}|{any_of('around')}) $")


def _of_month_and_year(match: re.Match[str], text: str) -> str:
    value = f"{match['year2']}-{month_number(match['month3']):02}"
    return "" if _is_a_person(text, match.start("month3")) else value


def _is_a_person(text: str, start: int) -> bool:
    """Tell whether the name of a month is that of a person, by the form of address before it: 'mevrouw Mei'."""
    return text[start].isupper() and bool(_form_of_address().search(text[max(0, start - 24) : start]))


@cache
def _form_of_address() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<!\w)(?:{patterns('honorifics')}) ?\Z)")


def _of_only_month(match: re.Match[str], text: str) -> str:
    """Give a month without its year. 'May' and 'March' are words too: an English one has a word of time before it."""
    name = match["month5"]
    if name in languages()["en"]["months"] and match.start() == match.start("month5"):
        before = text[max(0, match.start() - 8) : match.start()]
        if not re.search(r"(?<!\w)(?:in|by|since|until|from|to|of|and|last|next|during|before|after) $", before):
            return ""
    return f"--{month_number(name):02}"


_VALUES = {
    "days": _of_days,
    "full": lambda match, _: read_date(match["full"]),
    "of_year": _of_part_of_year,
    "day_month": _of_day_and_month,
    "month_year": _of_month_and_year,
    "numbered": _of_numbers,
    "years": _of_years,
    "relative": lambda *_: " ",
    "only_year": _of_only_year,
    "only_month": _of_only_month,
}


# --- Periods from two dates -----------------------------------------------------------------------------------------


_LINK = re.compile(
    r",? ?(?:(?:tot|t/m|t\.e\.m\.|tem|en|et|au|à|jusqu'au|to|through|until|and|-) ?(?:en met )?)?"
    r"(?:(?:de|het|le|in|op|en|au) ){0,2}"
)


@cache
def _until() -> re.Pattern[str]:
    return re.compile(rf" ?(?:{any_of('through')}|tot|au|until|-) ?(?:en met )?(?:(?:de|het|le) )?")


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?i:(?<!\w)(?:{any_of('between')})) (?:(?:de|het|le) )?$")


def _joined(text: str, moments: Iterable[TimeExpression]) -> Iterator[TimeExpression]:
    """Make one period of two dates where words say so."""
    earlier: TimeExpression | None = None
    for moment in moments:
        if earlier and _is_period(text, earlier, moment):
            value = f"{earlier.value}/{moment.value}" if earlier.value and moment.value else ""
            earlier = TimeExpression(earlier.start, moment.end, value)
            continue
        if earlier:
            yield earlier
        earlier = moment
    if earlier:
        yield earlier


def _is_period(text: str, earlier: TimeExpression, later: TimeExpression) -> bool:
    if "/" in earlier.value + later.value:
        return False
    if _until().fullmatch(text, earlier.end, later.start):
        return True
    is_and = text[earlier.end : later.start].strip() in words("and")
    return is_and and bool(_between().search(text[max(0, earlier.start - 16) : earlier.start]))


def _with_year(earlier: TimeExpression, later: TimeExpression) -> TimeExpression:
    """Give a day or month its year where one of the same kind beside it has one: 'november en december 2016'."""
    value, other = earlier.value, later.value.split("/")[0]
    is_open = value.startswith("--") and len(other) == len(value) + 3
    return earlier._replace(value=f"{other[:4]}{value[1:]}") if is_open else earlier
