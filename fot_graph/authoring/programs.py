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
_TO_END = 1.0  # second that a program has after its answer


def answer_of(command: str, asked: Mapping[str, object], seconds: float) -> tuple[list[str], list[Message]]:
    """Run a program, and give the lines that it answers, with what went wrong: no end, too much, an exit code.

    Raises: `UsageError` for a program that cannot be run.
    """
    words = _words(command)
    reading, writing = os.pipe()
    try:
        program = subprocess.Popen(  # noqa: S603  the program that the user names
            words, stdin=subprocess.PIPE, stdout=writing, stderr=subprocess.DEVNULL, start_new_session=True
        )
    except OSError as error:
        os.close(reading)
        raise UsageError("proposals-no-program", command=command, reason=system_message(error)) from None
    finally:
        os.close(writing)
    late, ended = threading.Event(), 0

    def stop() -> None:
        late.set()
        _kill(program)

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop)
    timer.start()
    try:
        with undone_by(partial(_kill, program)), open(reading, "rb") as answer:
            threading.Thread(target=_tell, args=(program, asked), daemon=True).start()
            content = answer.read(BYTES + 1)
        with suppress(subprocess.TimeoutExpired):
            ended = program.wait(_TO_END)
    finally:
        timer.cancel()
        _kill(program)
        program.wait()
    said = [Message("proposals-late", seconds=f"{seconds:g}")] if late.is_set() else []
    said += [Message("proposals-too-long", most=BYTES)] if len(content) > BYTES else []
    said += [_ended(ended)] if ended and not said else []
    lines = content[:BYTES].decode("utf-8", "replace").splitlines()
    return (lines[:-1] if said and len(content) > BYTES else lines)[:_LINES], said


def _words(command: str) -> list[str]:
    """Split a command as a shell does. Raises: `UsageError` for none, and for quotation marks that do not close."""
    try:
        words = shlex.split(command)
    except ValueError:
        raise UsageError("proposals-no-program", command=command, reason=Message("command-not-closed")) from None
    if not words:
        raise UsageError("proposals-no-program", command=command, reason=Message("command-empty"))
    return words


def _ended(code: int) -> Message:
    """Say by which exit code a program ended, or by which signal (below 0)."""
    if code > 0:
        return Message("proposals-exit-code", ended=code)
    names = {each.value: each.name for each in signal.Signals}
    return Message("proposals-signal", signal=names.get(-code, str(-code)))


def _tell(program: subprocess.Popen[bytes], asked: Mapping[str, object]) -> None:
    assert program.stdin is not None, "it is a pipe"
    with suppress(OSError, ValueError), program.stdin as pipe:  # a program need not listen to the end
        pipe.write(json.dumps(asked, ensure_ascii=False).encode() + b"\n")


def _kill(program: subprocess.Popen[bytes]) -> None:
    """End a program with all that it started."""
    with suppress(OSError):
        os.killpg(program.pid, signal.SIGKILL)
