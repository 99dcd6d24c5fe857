"""Records of a workspace, for tests of what they keep."""

import pytest

from bot.mentoring.ids import WorkspaceId
from storage.store import Store
from tests.storage.given import Given


@pytest.fixture
def given(store: Store, workspace: WorkspaceId) -> Given:
    """Give the records of a workspace."""
    return Given(store, workspace)
