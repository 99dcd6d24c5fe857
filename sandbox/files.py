"""Files the app uploads: asked for, sent, completed; then a message may show a picture."""

import re
from dataclasses import dataclass

from sandbox.draw import Draw

FILE_ID = re.compile(r"F[A-Z0-9]{8,}")
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}


@dataclass(slots=True)
class File:
    """One upload: what was announced, what came, and whether the app completed it."""

    id: str
    name: str
    length: int
    alt_text: str
    content: bytes | None = None
    title: str = ""
    complete: bool = False

    @property
    def picture(self) -> str | None:
        """The media type of a complete picture, by its first bytes; None for anything else."""
        if not self.complete or self.content is None:
            return None
        return next((kind for start, kind in _PICTURES.items() if self.content.startswith(start)), None)


class Files:
    """All uploads by their ids and by the secrets of their one-use addresses."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._by_id: dict[str, File] = {}
        self._tickets: dict[str, File] = {}
        self.address = ""
        """Where the stand-in listens; the addresses of uploads begin with it."""

    def announce(self, name: str, length: int, alt_text: str) -> tuple[File, str]:
        """A file to come, and the address at which it is taken once."""
        file = File(f"F{self._draw.token(10)}", name, length, alt_text)
        ticket = self._draw.token(40)
        self._by_id[file.id] = file
        self._tickets[ticket] = file
        return file, f"{self.address}/upload/v1/{ticket}"

    def receive(self, ticket: str, content: bytes) -> bool:
        """Take what was sent to an address; whether it is what was announced, and the first."""
        file = self._tickets.get(ticket)
        if file is None or len(content) != file.length:
            return False
        del self._tickets[ticket]
        file.content = content
        return True

    def get(self, key: str) -> File | None:
        """The file of this id."""
        return self._by_id.get(key)
