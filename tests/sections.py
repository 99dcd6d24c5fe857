"""Parts of a page that are made, each between two marks; the rest stays as people wrote it."""


def with_section(page: str, name: str, text: str) -> str:
    """The page with `text` between its marks of that name; LookupError where it has none."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, _, rest = page.partition(begin)
    _, found, after = rest.partition(end)
    if not found:
        raise LookupError(f"the page has no marks for {name}")
    return f"{before}{begin}\n{text}\n{end}{after}"
