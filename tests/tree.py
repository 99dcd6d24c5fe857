"""The files of the project, for the tests that look at its shape."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


@cache
def tracked() -> list[Path]:
    """Give every file that is or would be committed, relative to the root, in order."""
    git = shutil.which("git")
    assert git, "these tests ask git which files belong to the project"
    # Root may look at a clone that somebody else owns.
    command = [git, "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    paths = {Path(name) for name in answer.stdout.split("\0") if name}
    return sorted(path for path in paths if (ROOT / path).is_file())
