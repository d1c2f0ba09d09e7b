"""Makes text safe to print on a terminal: control characters in it are shown and not obeyed."""

from __future__ import annotations

# C0 controls but tab and line feed, DEL, C1 controls (U+009B begins a control sequence as ESC [ does), and what turns
# the direction of the text that follows (Unicode Bidirectional Algorithm, UAX #9: embeddings, overrides, isolates).
_STEERING = [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
_SHOWN = dict.fromkeys(set(_STEERING) - {ord("\t"), ord("\n")}, "\ufffd")


def visible_text(text: str) -> str:
    r"""Put U+FFFD in the place of each character by which data could steer a terminal or turn what stands around it.

    >>> visible_text("caf\u00e9\t\x1b[31m\u202e\n").encode("unicode_escape").decode()
    'caf\\xe9\\t\\ufffd[31m\\ufffd\\n'
    """
    return text.translate(_SHOWN)
