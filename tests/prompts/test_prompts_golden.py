"""Every view is the one that somebody read and found good."""

import pytest

from tests.prompts.golden import FOLDER, dump, view_of
from tests.prompts.samples import samples

SAMPLES = samples()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_view_is_its_golden_file(name: str) -> None:
    golden = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert dump(view_of(SAMPLES[name])) == golden, "if it is better now: python -m tests.prompts.golden"


def test_every_golden_file_has_its_sample() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(SAMPLES)
