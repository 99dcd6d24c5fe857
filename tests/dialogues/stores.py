"""On which databases a dialogue is held: on both, unless a module says why one is enough."""

import pytest

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For what does not depend on the store: each area has a dialogue on both beside it."""
