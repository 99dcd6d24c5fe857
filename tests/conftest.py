"""What every test may ask for."""

import gc
import os
import shutil

import pytest

pytest_plugins = ["tests.databases", "tests.stores"]

USUAL_CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Give the path of a chromium; without one the test is skipped, or fails where CI=true."""
    found = shutil.which("chromium") or shutil.which(USUAL_CHROMIUM)
    if found:
        return found
    words = "no chromium: `make test` as root installs Debian's, other accounts cannot"
    if os.environ.get("CI") == "true":
        pytest.fail(words)
    pytest.skip(words)


def pytest_collection_finish() -> None:
    """Spare the collector what stands in memory: looking through it holds up the answers of the bots here."""
    gc.collect()
    gc.freeze()
