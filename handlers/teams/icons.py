"""The app's two icons as PNG files, drawn here: two arrows, each way."""

import struct
import zlib

COLOUR, OUTLINE = 192, 32
"""Pixels of the two icons, as Teams asks for them."""
ACCENT = (0x2F, 0x5D, 0x62)
WHITE = (255, 255, 255)


def colour_icon() -> bytes:
    """The icon in colour: white arrows on the accent, to its edges."""
    rows = [
        [(*(WHITE if _arrow(x / COLOUR, y / COLOUR) else ACCENT), 255) for x in range(COLOUR)]
        for y in range(COLOUR)
    ]
    return _png(rows)


def outline_icon() -> bytes:
    """The same in white on nothing."""
    rows = [
        [(*WHITE, 255 if _arrow(x / OUTLINE, y / OUTLINE) else 0) for x in range(OUTLINE)]
        for y in range(OUTLINE)
    ]
    return _png(rows)


TAIL, NECK, SHAFT_END, TIP = 0.2, 0.58, 0.62, 0.82
MIDDLE, THIN, EDGE = 0.3, 0.06, 0.04
"""Of the upper arrow, in parts of the icon: where it begins, widens and ends, its height, its thickness."""


def _arrow(x: float, y: float) -> bool:
    """Whether a point of the unit square lies on one of the two arrows; the lower is the upper, turned."""
    if y > 1 / 2:
        x, y = 1 - x, 1 - y
    away = abs(y - MIDDLE)
    shaft = TAIL <= x <= SHAFT_END and away <= THIN
    head = NECK <= x <= TIP and away <= TIP - x - EDGE
    return shaft or head


def _png(rows: list[list[tuple[int, int, int, int]]]) -> bytes:
    """A PNG file of pixels with an alpha channel (ISO/IEC 15948)."""
    raw = b"".join(b"\0" + bytes(part for pixel in row for part in pixel) for row in rows)
    size = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 8, 6, 0, 0, 0)
    parts = (_chunk(b"IHDR", size), _chunk(b"IDAT", zlib.compress(raw, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
