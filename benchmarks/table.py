"""Tables as Markdown."""

from collections.abc import Iterable


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose columns are as wide as what stands in them; figures stand on the right."""
    lines = [list(heads), *(list(row) for row in rows)]
    widths = [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]
    right = [all(_figure(row[place]) for row in lines[1:]) for place in range(len(widths))]
    rule = [
        "-" * (width - 1) + (":" if is_right else "-") for width, is_right in zip(widths, right, strict=True)
    ]
    return "".join(
        "| "
        + " | ".join(cell.rjust(width) if is_right else cell.ljust(width) for cell, width, is_right in each)
        + " |\n"
        for each in (zip(line, widths, right, strict=True) for line in (lines[0], rule, *lines[1:]))
    )


def _figure(cell: str) -> bool:
    return cell.rstrip("%").replace(".", "", 1).isdigit()
