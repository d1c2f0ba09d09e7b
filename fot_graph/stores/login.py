"""The login with which a SPARQL server is asked."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING, NamedTuple

from fot_graph.core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Login(NamedTuple):
    """Who asks: a user with a password, or a token (bearer)."""

    user: str = ""
    password: str = ""
    token: str = ""

    def __repr__(self) -> str:
        return "<Login>"  # it may come to stand in a log

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Login:
        """Read FOT_GRAPH_USER and FOT_GRAPH_PASSWORD, or FOT_GRAPH_TOKEN.

        Raises: `UsageError` for a token that cannot be one.
        """
        user, password, token = (environment.get(f"FOT_GRAPH_{name}", "") for name in ("USER", "PASSWORD", "TOKEN"))
        if not re.fullmatch(r"[!-~]*", token):
            raise UsageError("no-token")
        return cls(user, password, token)

    def headers(self) -> dict[str, str]:
        """Give what a request carries."""
        if self.token:
            return {"authorization": f"Bearer {self.token}"}
        known = b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"authorization": f"Basic {known}"} if self.user else {}
