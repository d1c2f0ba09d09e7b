"""Programs of the user's choice: each is told something as JSON, and what it answers is read within limits."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
import threading
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from fot_graph.core.ending import undone_by
from fot_graph.core.errors import UsageError, system_message
from fot_graph.core.words import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

BYTES = 2**22  # of what a program may answer, 4 MiB
_LINES = 5_000


def answer_of(command: str, asked: Mapping[str, object], seconds: float) -> tuple[list[str], list[Message]]:
    """Run a program, and give the lines that it answers, with what went wrong: no end, too much, an exit code.

    Raises: `UsageError` for a program that cannot be run.
    """
    words = shlex.split(command)
    reading, writing = os.pipe()
    try:
        program = subprocess.Popen(  # noqa: S603  the program that the user names
            words, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except (OSError, IndexError) as error:
        os.close(reading)
        reason = system_message(error) if isinstance(error, OSError) else Message("words", words=command)
        raise UsageError("proposals-no-program", command=command, reason=reason) from None
    finally:
        os.close(writing)
    late = threading.Event()

    def stop() -> None:
        late.set()
        _kill(program)

    timer = threading.Timer(seconds, stop)
    timer.start()
    try:
        with undone_by(partial(_kill, program)), open(reading, "rb") as answer:
            threading.Thread(target=_tell, args=(program, asked), daemon=True).start()
            content = answer.read(BYTES + 1)
    finally:
        timer.cancel()
        _kill(program)
        code = program.wait()
    said = [Message("proposals-late", seconds=f"{seconds:g}")] if late.is_set() else []
    said += [Message("proposals-too-long", most=BYTES)] if len(content) > BYTES else []
    said += [Message("proposals-exit-code", ended=code)] if code > 0 and not said else []
    lines = content[:BYTES].decode("utf-8", "replace").splitlines()
    return (lines[:-1] if said and len(content) > BYTES else lines)[:_LINES], said


def _tell(program: subprocess.Popen[bytes], asked: Mapping[str, object]) -> None:
    assert program.stdin is not None, "it is a pipe"
    with suppress(OSError, ValueError), program.stdin as pipe:  # a program need not listen to the end
        pipe.write(json.dumps(asked, ensure_ascii=False).encode() + b"\n")


def _kill(program: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    with suppress(OSError):
        os.killpg(program.pid, signal.SIGKILL)
