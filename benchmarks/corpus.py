"""Make a corpus of any size, of documents of the same shape as the real one, for benchmarks.

The packaged document is the template. A copy has a name, a date, a number and figures of its own (what is computed is
computed anew), a choice of the claims, and things of its own: findings, intentions, what is asked. It shares others
with some documents (programme, study, questioner, minister) or with all (themes, organisations). The first document is
the real one. The same seed gives the same bytes.

    python benchmarks/corpus.py --documents 1000 --store out/corpus     an on-disk store, ready to be asked
    python benchmarks/corpus.py --documents 3 --claims 0                N-Quads, whole documents
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from fot_graph import load
from fot_graph.core.namespaces import PREFIXES, Namespaces, expand, is_layer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = "vp-sv-2019-2020-358"
PACKAGED = Namespaces()
DOCUMENT, CLAIMS, ENTITIES = PACKAGED.document(NAME), PACKAGED.claim(f"{NAME}/"), PACKAGED.expand("id:")
FEW = 12  # claims a document that make about a thousand triples
BATCH = 64 << 20  # bytes that the store takes at once

# What a document has for itself, and what some documents share: the types of things, and of how many documents one is
OWN = set(
    "Circumstance Condition Development Evaluation Exercise Extension Figure Finding Instant Intention Matter Measure "
    "Observation OpenPoint Project Reform Role Whole".split()
)
POOLS = {"Programme": ("programme", 10), "Track": ("programme", 10), "Study": ("programme", 10)}
PEOPLE = {"tom-ongena": ("questioner", 5), "minister": ("minister", 20)}
KEPT = {"reform-advice"}  # questions of the catalogue name them, and so they are shared by all
LABELS = {expand(name) for name in ("skos:prefLabel", "skos:altLabel", "skos:hiddenLabel", "rdfs:label")}


class Template:
    """The packaged document in pieces, each as N-Quads with places to fill in (`%(name)s`), and what needs what."""

    def __init__(self, *, union: bool) -> None:
        """Take the packaged graph; with `union` each triple also stands in the default graph."""
        self.union = union
        self.quads = [quad for quad in load().quads if isinstance(quad.graph_name, NamedNode)]
        self.types = {quad.subject.value: quad.object.value for quad in self._of_entities(expand("rdf:type"))}
        pieces: dict[str, list[str]] = {}
        self.needs: dict[str, set[str]] = {}
        for quad in self.quads:  # those of no owner are shared by all documents
            owner = self._owner(quad)
            pieces.setdefault(owner, []).append(self._line(quad))
            self.needs.setdefault(owner, set()).update(self._needed(quad))
        self.real = "".join(self._written(quad) for quad in self.quads)
        self.pieces = {owner: "".join(lines) for owner, lines in pieces.items() if owner}
        self.claims = sorted(owner for owner in pieces if owner.startswith(CLAIMS))
        self.frame = sorted(owner for owner in pieces if self._is_frame(owner))

    def pooled(self, pool: str) -> list[str]:
        """Give the names of the things in a pool."""
        return sorted(iri for iri in self.pieces if iri.startswith(ENTITIES) and self._pool(iri) == pool)

    def closure(self, owners: Iterable[str]) -> list[str]:
        """Give what these pieces need, and they themselves, in the order of the template."""
        found: set[str] = set()
        new = set(owners)
        while new:
            found |= new
            new = {need for owner in new for need in self.needs[owner] if need in self.pieces} - found
        return sorted(found)

    @cached_property
    def pools(self) -> dict[str, int]:
        """Give of how many documents one thing of a pool is."""
        return dict([*POOLS.values(), *PEOPLE.values()])

    # --- Pieces -------------------------------------------------------------------------------------------------------

    def _of_entities(self, predicate: str) -> Iterator[Quad]:
        found = (quad for quad in self.quads if quad.predicate.value == predicate)
        return (quad for quad in found if quad.subject.value.startswith(ENTITIES))

    def _owner(self, quad: Quad) -> str:
        """Give the claim, part, passage or thing that a quad belongs to; '' for what all documents share."""
        for iri in (quad.graph_name.value, quad.subject.value):
            if iri.startswith(CLAIMS):
                return iri
        subject = quad.subject.value
        if subject.startswith(DOCUMENT):
            return re.sub(r"/(?:position|quote)/(\d+)-(\d+)$", r"#char=\1,\2", subject)
        named = quad.graph_name.value == PREFIXES["graph"] + "naming" and subject.startswith(ENTITIES)
        return subject if named and self._pool(subject) else ""

    def _needed(self, quad: Quad) -> Iterator[str]:
        """Give the passages, parts and things that a quad speaks of, and the claims that it derives from."""
        if is_layer(quad.graph_name.value) and quad.predicate.value in (
            expand("dcterms:hasPart"),
            expand("oa:hasSource"),
        ):
            return
        for term in (quad.subject, quad.object):
            if isinstance(term, NamedNode) and term.value.startswith((DOCUMENT, CLAIMS, ENTITIES)):
                yield term.value

    def _is_frame(self, owner: str) -> bool:
        """Tell what every document has: itself, its two halves and their items, and who put it when."""
        halves = f"{re.escape(DOCUMENT)}#(question|answer)"
        return owner in (DOCUMENT, f"{CLAIMS}question-put") or bool(re.match(halves, owner))

    def _pool(self, iri: str) -> str:
        """Give the pool of a thing: '' for all documents, 'own' for one."""
        name, kind = iri.removeprefix(ENTITIES), re.split("[#/]", self.types.get(iri, ""))[-1]
        if name in KEPT or kind in ("", "Class"):
            return ""
        pool = PEOPLE.get(name) or POOLS.get(kind)
        return pool[0] if pool else "own" if self._is_own(name, kind) else ""

    def _is_own(self, name: str, kind: str) -> bool:
        return kind in OWN and not any(quad.subject.value == ENTITIES + name for quad in self._background)

    @cached_property
    def _background(self) -> list[Quad]:
        return [quad for quad in self.quads if quad.graph_name.value.startswith(PACKAGED.claim("background/"))]

    # --- Places to fill in --------------------------------------------------------------------------------------------

    def _line(self, quad: Quad) -> str:
        """Write a quad with its places."""
        lines = self._written(Quad(quad.subject, quad.predicate, self._object(quad), quad.graph_name))
        for pattern, place in _PLACES:
            lines = pattern.sub(place, lines)
        lines = re.sub(f"<{re.escape(ENTITIES)}([^>]+)>", self._renamed, lines)
        return re.sub("@@([^@]+)@@", r"%(\1)s", lines.replace("%", "%%"))

    def _written(self, quad: Quad) -> str:
        """Write a quad for its graph and, in a union, for the default graph."""
        return f"{quad} .\n{quad.triple} .\n" if self.union else f"{quad} .\n"

    def _object(self, quad: Quad) -> NamedNode | Literal:
        """Put a place where a figure or the name of a thing stands."""
        term = quad.object
        if isinstance(term, Literal):
            figure = _figure(quad)
            if figure:
                return Literal(f"@@{figure}@@", datatype=term.datatype)
            if quad.predicate.value in LABELS and (pool := self._pool(quad.subject.value)):
                return Literal(f"{term.value}@@{pool}-label@@", language=term.language)
        assert isinstance(term, (NamedNode, Literal))
        return term

    def _renamed(self, found: re.Match[str]) -> str:
        pool = self._pool(ENTITIES + found[1])
        return f"<{ENTITIES}{found[1]}@@{pool}@@>" if pool else found[0]


def _figure(quad: Quad) -> str:
    """Name the figure whose value a triple of a claim of the document gives: 'use-2017-hrm-files', if it is one."""
    claim, name = quad.graph_name.value, quad.subject.value.rpartition("/")[2]
    is_value = quad.predicate.value == expand("sdmx-measure:obsValue")
    return name if is_value and claim.startswith(CLAIMS) and name.startswith(_FIGURES) else ""


_FIGURES = ("use-", "providers-", "total-", "share-")


def _places() -> Iterator[tuple[re.Pattern[str], str]]:
    """Give what is replaced in a text, which keeps its length, so that every passage stays where it is."""
    yield re.compile(re.escape(NAME)), "@@name@@"
    yield re.compile(r"(nr\.|vraag|question) 358\b"), r"\1 @@number@@"
    yield re.compile(r'"358"'), '"@@number@@"'
    yield re.compile("12 februari 2020"), "@@day@@ @@month@@ @@year@@"
    yield re.compile("12 February 2020"), "@@day@@ @@month-en@@ @@year@@"
    yield re.compile('"2020-02-12"'), '"@@date@@"'
    yield re.compile(r"\(advies\) 514\b"), "(advies) @@providers-hrm@@"
    yield re.compile(r"\(advies\) 74\b"), "(advies) @@providers-diversity@@"
    for year, hrm, diversity in (
        (2016, r"443 707\.315,48", "nvt nvt"),
        (2017, r"403 609\.407,71", r"9 28\.433,60"),
        (2018, r"433 668\.537,28", r"15 29\.525,31"),
        (2019, r"452 749\.233,81", r"13 27\.409,50"),
    ):
        row = f"{year} @@use-{year}-hrm-files@@ @@use-{year}-hrm-subsidy nl@@"
        more = f"@@use-{year}-diversity-files@@ @@use-{year}-diversity-subsidy nl@@"
        yield re.compile(f"{year} {hrm}(  ?){diversity}"), rf"{row}\1{more if year > 2016 else diversity}"


_PLACES = list(_places())
_MONTHS = {"februari": ("February", 2), "november": ("November", 11), "december": ("December", 12)}  # of one length


# --- A document ------------------------------------------------------------------------------------------------------


def corpus(documents: int, seed: int = 0, claims: int | None = FEW, *, union: bool = False) -> Iterator[bytes]:
    """Yield N-Quads: the real document, what some share, and the other documents, of `claims` claims or all (None)."""
    template = Template(union=union)
    yield template.real.encode()
    for pool, shared_by in template.pools.items():
        text = "".join(template.pieces[iri] for iri in template.pooled(pool))
        for number in range(1, _members(documents, shared_by)):
            yield (text % {pool: _suffix(number), f"{pool}-label": _label(number)}).encode()
    pooled = {iri for pool in template.pools for iri in template.pooled(pool)}
    for number in range(1, documents):
        random = Random(f"{seed}/{number}")  # noqa: S311  no secret; a text gives the same under every hash seed
        chosen = _chosen(template, random, claims)
        values = _values(template, random, number, documents)
        yield "".join(template.pieces[owner] % values for owner in chosen if owner not in pooled).encode()


def _chosen(template: Template, random: Random, claims: int | None) -> list[str]:
    """Choose the claims of a document, and give them with all that they need."""
    if claims is None:
        return sorted(template.pieces)
    few = random.sample(template.claims, min(claims, len(template.claims)))
    return template.closure([*template.frame, *few])


def _values(template: Template, random: Random, number: int, documents: int) -> dict[str, str]:
    """Give what stands in the places of one document."""
    values = {"own": _suffix(number), "own-label": _label(number)}
    for pool, shared_by in template.pools.items():
        values |= {pool: _suffix(random.randrange(_members(documents, shared_by)))}
    return {**values, **_dated(random, number), **_figures(random)}


def _members(documents: int, shared_by: int) -> int:
    return max(1, documents // shared_by)


def _suffix(number: int) -> str:
    return f"-{number}" if number else ""


def _label(number: int) -> str:
    return f" ({number})" if number else ""


def _dated(random: Random, number: int) -> dict[str, str]:
    """Give a document its name, number and date; a year has 900 numbers of three digits."""
    year, short = 2020 + number // 900, str(100 + number % 900)
    month, (english, place) = random.choice(list(_MONTHS.items()))
    day = random.randint(10, 28)
    return {
        "name": f"vp-sv-{year}-{year + 1}-{short}-{number}",
        "number": short,
        "day": str(day),
        "month": month,
        "month-en": english,
        "year": str(year),
        "date": f"{year}-{place:02}-{day}",
    }


def _figures(random: Random) -> dict[str, str]:
    """Give the figures of the table, each with as many digits as in the template, and what is computed from them."""
    files = {("hrm", year): random.randint(100, 999) for year in range(2016, 2020)}
    files |= {
        ("diversity", year): random.randint(*((1, 9) if year == 2017 else (10, 99))) for year in range(2017, 2020)
    }
    amounts = {key: _amount(random, 100_000 if key[0] == "hrm" else 10_000) for key in files}
    values = {
        "providers-hrm": str(random.randint(100, 999)),
        "providers-diversity": str(random.randint(10, 99)),
    }
    for name, column in (("files", files), ("subsidy", amounts)):
        values |= {f"use-{year}-{theme}-{name}": str(figure) for (theme, year), figure in column.items()}
        values |= dict(_computed(name, column))
    return values | {
        f"use-{year}-{theme}-subsidy nl": f"{amount:,}".translate(str.maketrans(",.", ".,"))
        for (theme, year), amount in amounts.items()
    }


def _amount(random: Random, least: int) -> Decimal:
    return Decimal(random.randrange(least * 100, least * 1000)) / 100 + Decimal("0.00")


def _computed(name: str, column: Mapping[tuple[str, int], int | Decimal]) -> Iterator[tuple[str, str]]:
    """Compute totals and shares as the derivations of the claims do."""

    def total(theme: str, first: int = 2017) -> Decimal:
        return Decimal(sum(figure for (of, year), figure in column.items() if of == theme and year >= first))

    yield f"total-hrm-2016-2019-{name}", str(total("hrm", 2016))
    for theme in ("hrm", "diversity"):
        yield f"total-{theme}-2017-2019-{name}", str(total(theme))
        part = total(theme) * 10_000 / (total("hrm") + total("diversity"))
        yield f"share-{theme}-2017-2019-{name}", str(part.quantize(Decimal(1), ROUND_HALF_UP) / 100)


# --- A store ---------------------------------------------------------------------------------------------------------


def build(folder: Path, documents: int, seed: int = 0, claims: int | None = FEW) -> None:
    """Make an on-disk store: layers and claims as named graphs, and as default graph their union, each triple once."""
    store = Store(folder)
    batch = io.BytesIO()
    for part in corpus(documents, seed, claims, union=True):
        batch.write(part)
        if batch.tell() >= BATCH:
            store.bulk_load(batch.getvalue(), RdfFormat.N_QUADS, lenient=True)
            batch = io.BytesIO()
    store.bulk_load(batch.getvalue(), RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()


def main() -> None:
    """Read the options, and write what they ask for."""
    parser = argparse.ArgumentParser(description="Make a corpus of documents of the same shape as the real one.")
    parser.add_argument("--documents", type=int, default=1000, help="how many; 1000 by default")
    parser.add_argument("--seed", type=int, default=0, help="another seed gives another corpus")
    parser.add_argument("--claims", type=int, default=FEW, help=f"of one document; {FEW} by default, 0 for all")
    parser.add_argument("--store", type=Path, help="a new folder for an Oxigraph store; without it N-Quads are printed")
    args = parser.parse_args()
    claims = args.claims or None
    if args.store is None:
        sys.stdout.buffer.writelines(corpus(args.documents, args.seed, claims))
        return
    start = perf_counter()
    build(args.store, args.documents, args.seed, claims)
    size = sum(file.stat().st_size for file in args.store.rglob("*") if file.is_file())
    sys.stderr.write(f"{args.documents} documents in {perf_counter() - start:.0f} s, {size / 1e6:.0f} MB\n")


if __name__ == "__main__":
    main()
