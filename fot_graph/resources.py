"""Where the files that come with fot_graph are, and how a text file is read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fot_graph.errors import InputFileError

if TYPE_CHECKING:
    from os import PathLike

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Find the folder 'ontology', 'data' or 'queries'.

    A wheel carries them inside the package; a checkout has them beside it, where an editable install leaves them.

    Raises: `InputFileError` when neither is there.
    """
    for place in (_PACKAGE / "_resources" / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise InputFileError(name, "fot_graph was installed without this folder", "install the package again")


def read_text(path: str | PathLike[str]) -> str:
    """Read a UTF-8 file whole. A byte-order mark is dropped; line endings stay as they are.

    Raises: `InputFileError` for a file that is missing, a folder, not permitted or not UTF-8.
    """
    try:
        return Path(path).read_bytes().decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise InputFileError(path, f"byte {error.start} is not UTF-8", "save the file as UTF-8") from None
    except OSError as error:
        raise InputFileError(path, error.strerror or str(error)) from None
    except ValueError as error:  # a null character in the path
        raise InputFileError(repr(path), str(error)) from None
