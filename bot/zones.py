"""Which time zone rules this machine has: moments that were computed by others are computed anew."""

import zoneinfo
from importlib.metadata import version
from pathlib import Path


def zones_version() -> str:
    """The version of the rules that `zoneinfo` reads: the system's, or else the tzdata package's."""
    for folder in zoneinfo.TZPATH:
        rules, any_zone = Path(folder) / "tzdata.zi", Path(folder) / "UTC"
        if rules.is_file():
            with rules.open(encoding="utf-8") as lines:
                return lines.readline().removeprefix("# version").strip()
        if any_zone.exists():
            return f"system {any_zone.stat().st_mtime_ns}"
    return version("tzdata")
