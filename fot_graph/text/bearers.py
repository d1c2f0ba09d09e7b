"""The name of the person in a field of a head, where it names one beside an office or a form of address."""

from __future__ import annotations

import re
from functools import cache

from fot_graph.text.heads import names, on_behalf
from fot_graph.text.languages import any_of, languages, patterns

_INITIALS = r"(?:[^\W\d_a-z]\.\s?){1,4}"
_SURNAME = r"[^\W\d_][\w'’-]*(?:\s[^\W\d_][\w'’-]*){0,4}"


def name_of_person(written: str) -> str:
    """Give the name in what a head says of who asks, is asked or answers; '' where it names only an office or a body.

    >>> name_of_person("HILDE VOS VLAAMS MINISTER VAN WERK"), name_of_person("Minister for Work (Deputy Tom Daly)")
    ('HILDE VOS', 'Tom Daly')
    >>> name_of_person("De minister van Werk, C. Visser"), name_of_person("Ms Olsen on behalf of the Commission")
    ('C. Visser', 'Olsen')
    >>> name_of_person("minister van Werk, Economie en Consumenten"), name_of_person("the Scottish Government")
    ('', '')
    """
    office = _office().search(written)
    if not office:
        return _alone(on_behalf().split(written)[0])
    before = _qualities().sub("", written[: office.start()]).strip(" ,;:-–(")
    if before:
        return _alone(before, beside_office=True)
    return _after(written[office.end() :])


def _after(written: str) -> str:
    """Give the name that stands behind an office: in brackets, after initials, with capitals only, or at once."""
    if bracket := re.search(r"\(([^()]+)\)\s*$", written):
        at_once = written[: bracket.start()].strip(" ,")
        if re.fullmatch(_SURNAME, at_once) and at_once[:1].isupper():
            return at_once
        return _alone(bracket[1])
    if initials := re.search(rf"(?<!\w){_INITIALS}{_SURNAME}\s*$", written):
        return initials[0].strip()
    if capitals := re.search(r",\s*((?:[^\W\d_a-z][\w'’-]*\s){1,3}(?:[^\W\d_a-zà-ÿ]|['’-]){2,})\s*$", written):
        return capitals[1]
    if re.fullmatch(r"\s+(?:[^\W\d_a-zà-ÿ][\w'’-]*\s*){2,4}", written):
        return _alone(written)
    return _addressed(written.rpartition(",")[2]) if "," in written else ""


def _alone(written: str, *, beside_office: bool = False) -> str:
    """Give a name that stands by itself: after a form of address, beside an office, or of capitalised words."""
    written = written.strip(" ,;:")
    if name := _addressed(written):
        return name
    words = written.split()
    capitals = [word for word in words if word[:1].isupper()]
    if not words or words[0][:1].islower() or _bodies().search(written):
        return ""
    is_name = len(words) <= 6 and len(capitals) >= (1 if beside_office else 2) and not _joins().search(written)
    return written if is_name else ""


def _addressed(written: str) -> str:
    """Give the name after a form of address; '' where there is none."""
    found = names(written, 0, len(written))
    stripped = written[found[0].start : found[0].end] if found else ""
    return stripped if len(found) == 1 and found[0].start > len(written) - len(written.lstrip()) else ""


@cache
def _office() -> re.Pattern[str]:
    offices = "|".join(data["office"] for data in languages().values() if data.get("office"))
    return re.compile(rf"(?xi)(?<![\w-])(?:{offices})(?!\w)")


@cache
def _qualities() -> re.Pattern[str]:
    """Give the pattern of what says whose office it is, before it and after a name."""
    words = f"{patterns('qualities')}|{patterns('articles')}|{any_of('and')}"
    return re.compile(rf"(?i)(?:(?:^|(?<=\s)|(?<=,))(?:{words})\s*){{1,8}}$")


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{patterns('bodies')})(?!\w)")


@cache
def _joins() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?:{any_of('and')})(?!\w)|\d")
