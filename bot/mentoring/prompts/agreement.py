"""What the two of a pair expect and agree."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.mentoring.agreement import Terms
from bot.mentoring.ids import PairId
from bot.mentoring.prompts.base import FormPrompt, Prompt
from bot.mentoring.prompts.shapes import Flow


@dataclass(frozen=True)
class Term:
    """One agreed answer: the field of Terms, and its value as text (a choice by its key, a day in ISO)."""

    field: str
    value: str


@dataclass(frozen=True)
class Both:
    """One question with both answers, as in Term; `start` is what the draft begins from where they differ."""

    field: str
    one: str
    other: str
    start: str = ""


@dataclass(frozen=True)
class Changed:
    """One answer that a change replaces, as in Term."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class ExpectForm(FormPrompt):
    """Asks somebody, alone, what they expect; opens with what they wrote before."""

    form: ClassVar[str] = "expect"
    pair: PairId
    partner: str
    terms: Terms | None = None

    @property
    def carries(self) -> str:
        """The pair."""
        return self.pair


@dataclass(frozen=True)
class Expected(Prompt):
    """Somebody has written, and nobody sees it before their partner has too."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class PartnerWrote(Prompt):
    """The partner has written what they expect; the reader's own answers open both."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class Compared(Prompt):
    """Both answers side by side, the same for both readers; `agreed` once a version holds."""

    pair: PairId
    one: str
    other: str
    rows: tuple[Both, ...]
    agreed: bool = False


@dataclass(frozen=True)
class AgreedFirst(Prompt):
    """The first of two has agreed to the draft."""

    partner: str


@dataclass(frozen=True)
class Agreed(Prompt):
    """A version holds from now on; `told` to the one who did not press last."""

    pair: PairId
    partner: str
    number: int
    told: bool = False


@dataclass(frozen=True)
class ChangeForm(FormPrompt):
    """Asks for other terms, opened with those that hold; `base` is the number of versions so far."""

    form: ClassVar[str] = "change"
    pair: PairId
    partner: str
    base: int
    terms: Terms

    @property
    def carries(self) -> str:
        """The pair, and what the change is made from."""
        return f"{self.pair}|{self.base}"


@dataclass(frozen=True)
class OpenChange:
    """A change that waits for an answer, inside a view of the agreement; `yours` if the reader made it."""

    pair: PairId
    change: str
    partner: str
    rows: tuple[Changed, ...]
    expires_at: datetime
    back_to: int
    yours: bool


@dataclass(frozen=True)
class ChangeSent(Prompt):
    """A change was proposed; it can be taken back while it waits."""

    pair: PairId
    change: str
    partner: str
    rows: tuple[Changed, ...]
    expires_at: datetime
    back_to: int = 0


@dataclass(frozen=True)
class ChangeProposed(Prompt):
    """The partner proposes a change, which takes effect only with the reader's yes."""

    pair: PairId
    change: str
    partner: str
    rows: tuple[Changed, ...]
    expires_at: datetime
    back_to: int = 0

    def stale_at(self, planned: datetime) -> datetime:
        """Once it has lapsed."""
        del planned
        return self.expires_at


@dataclass(frozen=True)
class TermsKept(Prompt):
    """The reader keeps things as they are."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class ChangeDeclined(Prompt):
    """The partner keeps things as they are; no reason was asked for."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class ChangeTakenBack(Prompt):
    """The reader took their own proposal back."""

    pair: PairId
    partner: str


@dataclass(frozen=True)
class AgreementShown(Prompt):
    """A version of the agreement, of `newest` in all, and what each can lean on the other for.

    `look_back_at` is when the reader is next asked whether it is still right; `fate` what became of the last
    change where it came to nothing, empty otherwise; `others` are versions that can be looked at as well.
    """

    pair: PairId
    partner: str
    number: int
    newest: int
    since: datetime
    rows: tuple[Term, ...]
    flow: Flow
    look_back_at: datetime
    change: OpenChange | None = None
    fate: str = ""
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class AgreementAhead(Prompt):
    """Nothing is agreed yet: where the two stand, and the next step."""

    pair: PairId
    partner: str
    standing: str
    flow: Flow
    change: OpenChange | None = None


@dataclass(frozen=True)
class NoPairYet(Prompt):
    """A command that is about a pair, by somebody without one under way; `what` is the command.

    `proposed`: a pair of theirs still waits for a yes.
    """

    what: str
    next_round_at: datetime | None = None
    proposed: bool = False
