"""Which kind of file this is, and the text in it."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from fot_graph.core import limits
from fot_graph.core.errors import InputFileError, MissingLibraryError, UnreadableError
from fot_graph.core.words import Message


class DerivedText(NamedTuple):
    """The text of a file: the kind of file by its usual suffix ('' for text), and the tool that read it.

    `blank_pages` are the numbers of pages, from 1, on which no text stands.
    """

    text: str
    suffix: str = ""
    tool: str = ""
    version: str = ""
    blank_pages: tuple[int, ...] = ()


class _Kind(NamedTuple):
    suffix: str
    module: str
    library: str  # as it is imported
    package: str  # as it is installed
    missing: str  # the code of the error where it is not


_PDF = _Kind(".pdf", "pdf", "pypdfium2", "pypdfium2", "pdf-needs-library")
_WORD = _Kind(".docx", "word", "docx", "python-docx", "word-needs-library")
_HTML = _Kind(".html", "html", "lxml", "lxml", "html-needs-library")
_IS_HTML = re.compile(rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b")
# What is often tried and cannot be read: how it begins, and the code that says so
_OTHERS = {b"\xd0\xcf\x11\xe0": "old-word", b"PK\x03\x04": "no-word", b"{\\rtf": "rich-text"}
_DAMAGED = {".pdf": "pdf-damaged", ".docx": "word-damaged"}  # files of these names that do not begin as such
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # no text has these


def derived(content: bytes, name: object) -> DerivedText:
    """Give the text of a file that has this content. `name` is what errors call it.

    Raises: `InputFileError` for a file that is none of these kinds, is damaged or encrypted, holds no text, or more
    than the limits (`limits`) allow; `MissingLibraryError`.
    """
    kind = _kind(content, str(name))
    if kind is None:
        return DerivedText(_plain(content, name))
    try:
        library = import_module(kind.library)
    except ImportError:
        raise MissingLibraryError(kind.missing, kind.package, "readers-hint") from None
    reader = import_module(f"fot_graph.text.originals.{kind.module}")
    try:
        pages: list[str] = reader.pages(content)
    except UnreadableError as error:
        raise InputFileError(name, Message(error.code, **error.data)) from None
    found = DerivedText("\n\f".join(pages) + "\n", kind.suffix, kind.package, _version(library, kind.package))
    letters = sum(char.isalpha() for char in found.text)
    if letters < (_FEWEST if kind == _PDF else 1):
        raise InputFileError(name, "pictures-of-pages" if kind == _PDF else "no-text-in-it")
    if len(found.text.encode()) > limits.SOURCE_BYTES:
        raise InputFileError(name, "text-too-long", most=limits.SOURCE_BYTES)
    return found._replace(blank_pages=tuple(at for at, page in enumerate(pages, start=1) if not page.strip()))


_FEWEST = 10  # letters of a PDF: a scan may have the numbers of its pages


def _kind(content: bytes, name: str) -> _Kind | None:
    """Tell the kind of a file by its content; HTML without a heading by its name."""
    if b"%PDF-" in content[:1024]:
        return _PDF
    if content.startswith(b"PK\x03\x04") and b"word/" in content:
        return _WORD
    if _IS_HTML.match(content[:10_000]) or name.lower().endswith((".html", ".htm", ".xhtml")):
        return _HTML
    return None


def _plain(content: bytes, name: object) -> str:
    for beginning, code in _OTHERS.items():
        if content.startswith(beginning):
            raise InputFileError(name, code, "kinds-that-are-read")
    if code := _DAMAGED.get(Path(str(name)).suffix.lower(), "") if content.strip() else "":
        raise InputFileError(name, Message(code))
    if _CONTROL.search(content[:10_000]):
        raise InputFileError(name, "no-text-file", "kinds-that-are-read")
    try:
        text = content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputFileError(name, "not-utf-8", byte=error.start) from None
    if len(content) > limits.SOURCE_BYTES:
        raise InputFileError(name, "text-too-long", most=limits.SOURCE_BYTES)
    if not text.strip():
        raise InputFileError(name, "no-text-in-it")
    return text


def _version(library: object, package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415  few read files

    try:
        return version(package)
    except PackageNotFoundError:
        return str(getattr(library, "__version__", ""))
