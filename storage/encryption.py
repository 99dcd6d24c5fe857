"""What is stored encrypted: the key ring, sealed values, and the column type that takes nothing else."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from bot.mentoring.ids import WorkspaceId

CONCERN = "concern"
PURPOSES = (CONCERN,)
"""What has keys of its own."""
MARK_DIGITS = 8
"""Hexadecimal digits of a key's hash that stand before what it sealed, so that rows can be counted by key."""


class BadKeyError(ValueError):
    """A secret key is not 32 bytes in URL-safe base64; the message says which place it has in the list."""


class SealBrokenError(Exception):
    """A sealed value does not open: its key is gone, it was changed, or it belongs to another workspace."""


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """An encrypted value as it stands in a column: the mark of its key, a full stop, a Fernet token."""

    stored: str

    @property
    def mark(self) -> str:
        """The mark of the key that sealed it."""
        return self.stored[:MARK_DIGITS]

    def __repr__(self) -> str:
        return f"Sealed({self.mark}…)"


class Keyring:
    """The operator's keys, newest first: the first seals, all of them open.

    Fernet has no associated data, so two tokens could change places between rows and still open. The
    workspace therefore stands inside what is sealed and is compared on opening.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        if not keys:
            raise BadKeyError("there is no secret key")
        fernets = [_fernet(place, key) for place, key in enumerate(keys, start=1)]
        self._set(fernets, key_mark(keys[0]))
        self._derived = {purpose: self._for(purpose, keys) for purpose in PURPOSES}

    def of(self, purpose: str) -> "Keyring":
        """The keys of one purpose alone, derived from these; "" names these. KeyError for another purpose.

        What they seal carries the mark of the key that they come from, so that keys are counted and changed
        together, and opens under no other purpose.
        """
        return self._derived[purpose] if purpose else self

    def _set(self, fernets: list[Fernet], mark: str) -> None:
        self._newest = fernets[0]
        self._all = MultiFernet(fernets)
        self.mark = mark

    def _for(self, purpose: str, keys: tuple[str, ...]) -> "Keyring":
        ring = Keyring.__new__(Keyring)
        ring._set([_derived(key, purpose) for key in keys], self.mark)  # noqa: SLF001 # one of its own kind
        return ring

    def seal(self, workspace: WorkspaceId, plain: bytes) -> Sealed:
        """Encrypt `plain` for a workspace under the newest key."""
        token = self._newest.encrypt(workspace.encode() + b"\0" + plain)
        return Sealed(f"{self.mark}.{token.decode()}")

    def open(self, workspace: WorkspaceId, sealed: Sealed) -> bytes:
        """What was sealed for this workspace; SealBrokenError for anything else."""
        try:
            inside = self._all.decrypt(sealed.stored[MARK_DIGITS + 1 :])
        except InvalidToken:
            raise SealBrokenError("no key opens it, or it was changed") from None
        owner, _, plain = inside.partition(b"\0")
        if owner != workspace.encode():
            raise SealBrokenError("it was sealed for another workspace")
        return plain

    def sealed_anew(self, workspace: WorkspaceId, sealed: Sealed) -> Sealed:
        """The same value under the newest key; SealBrokenError where it does not open."""
        return self.seal(workspace, self.open(workspace, sealed))


def key_mark(key: str) -> str:
    """The mark of a key: the start of its SHA-256, which tells nothing of the key."""
    return sha256(key.encode()).hexdigest()[:MARK_DIGITS]


def _derived(key: str, purpose: str) -> Fernet:
    """The key of a purpose: HKDF (RFC 5869) over SHA-256, with the purpose as its context."""
    bare = HKDF(SHA256(), 32, salt=None, info=f"bothways:{purpose}".encode()).derive(urlsafe_b64decode(key))
    return Fernet(urlsafe_b64encode(bare))


def _fernet(place: int, key: str) -> Fernet:
    try:
        # Python's decoder takes some texts that are no base64, so the way back is compared.
        if urlsafe_b64encode(urlsafe_b64decode(key)).decode() == key:
            return Fernet(key)
    except ValueError:
        pass
    raise BadKeyError(f"secret key {place} is not 32 bytes in URL-safe base64")


class Encrypted(TypeDecorator[Sealed]):
    """A text column that takes and gives Sealed values only: plain text in it is an error.

    `purpose` names whose keys seal it, "" for those of all that has no keys of its own.
    """

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str = "") -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: Sealed | None, _dialect: Dialect) -> str | None:
        """Give the column what it stores; TypeError for anything that is not sealed."""
        if value is None:
            return None
        if not isinstance(value, Sealed):
            raise TypeError("an encrypted column takes Sealed values only")
        return value.stored

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Sealed | None:
        """Give what was stored, still sealed."""
        return None if value is None else Sealed(value)
