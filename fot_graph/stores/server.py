"""A graph on a SPARQL 1.1 server."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fot_graph.core.errors import UsageError
from fot_graph.stores.login import Login
from fot_graph.stores.queried import QueriedGraph

if TYPE_CHECKING:
    from rdflib import Dataset

    from fot_graph.stores.endpoint import Endpoint


class ServerGraph(QueriedGraph):
    """A graph on a server, asked over SPARQL 1.1 Protocol."""

    parts = None  # what is far away is not copied to verify evidence

    def __init__(self, endpoint: Endpoint) -> None:
        """Take the server, which answers to the same calls as a store."""
        super().__init__(endpoint)

    @classmethod
    def connect(cls, url: str, login: Login | None, *, default_graph: str, timeout: float) -> ServerGraph:
        """Take a server by its address; see `api.connect`. Raises: `UsageError` for what is no address."""
        from fot_graph.stores.endpoint import Endpoint  # noqa: PLC0415  urllib3 is heavy

        login = Login.from_environment(os.environ) if login is None else login
        return cls(Endpoint(url, login, default_graph=default_graph, timeout=timeout))

    def __repr__(self) -> str:
        return f"<Graph at {self.store!r}>"

    @property
    def dataset(self) -> Dataset:
        """Not for a server: rdflib has a store of its own for these."""
        raise UsageError("no-dataset-of-a-server")
