"""The tables of programmes, people and pairs: `workspace_id` first in every key."""

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Boolean, Date, ForeignKeyConstraint, Index, Integer, Time, UniqueConstraint, text

from bot.mentoring.fit import HelpShown
from bot.mentoring.ids import Address, MeetingId, PairId, ParticipantId, ProgrammeId, RoundId, WorkspaceId
from bot.mentoring.meetings import MeetingState
from bot.mentoring.pair import Exchange, PairState, Reason
from bot.mentoring.people import Direction, Hours, ParticipantState, Standing, Track
from bot.mentoring.programme import Choosing, OwnTopic, RoundState, Two
from bot.mentoring.summary import FlowedBack, Wanted
from bot.mentoring.waiting import Search
from storage.columns import AtWork, Data, Guarded, Kept, Named, Packed, Row, Utc, column
from storage.encryption import Encrypted, Sealed

TEXTS = Packed(tuple[str, ...])
ADDRESSES = Packed(tuple[Address, ...])
TWOS = Packed(tuple[Two, ...])


def owned_by_workspace() -> ForeignKeyConstraint:
    """Every row belongs to a workspace that exists."""
    return ForeignKeyConstraint(["workspace_id"], ["workspace.id"])


def belongs_to(table: str, *columns: str, cascade: bool = False) -> ForeignKeyConstraint:
    """The row that `columns` name stands in the same workspace."""
    return ForeignKeyConstraint(
        ["workspace_id", *columns],
        [f"{table}.workspace_id", f"{table}.id"],
        ondelete="CASCADE" if cascade else None,
    )


def due_index(table: str, moment: str, *more: str, where: str | None = None) -> Index:
    """An index for the tick, which asks across workspaces what is due; it alone is led by no workspace."""
    condition: dict[str, Any] = (
        {} if where is None else {"sqlite_where": text(where), "postgresql_where": text(where)}
    )
    return Index(f"ix_{table}_{moment}_due", moment, *more, "workspace_id", **condition)


class WorkspaceRow(Row, table=True):
    """One workspace of one platform, and the token that speaks there."""

    __tablename__ = "workspace"
    __table_args__ = (UniqueConstraint("platform", "team", "enterprise"),)

    id: WorkspaceId = column(Data.INTERNAL, "tell workspaces apart", Kept.TOKEN, key=True)
    platform: str = column(Data.INTERNAL, "find the workspace of a request", Kept.TOKEN)
    team: str = column(Data.INTERNAL, "find the workspace of a request", Kept.TOKEN)
    enterprise: str = column(Data.INTERNAL, "find the workspace of a request", Kept.TOKEN)
    installed_at: datetime = column(Data.INTERNAL, "show how long it is installed", Kept.TOKEN, Utc)
    bot_user: str = column(Data.INTERNAL, "know the bot's own account", Kept.TOKEN)
    token: Sealed | None = column(Data.SECRET, "speak as the bot", Kept.TOKEN, Encrypted, optional=True)
    zones: str | None = column(Data.INTERNAL, "compute times anew by new rules", Kept.TOKEN, optional=True)


class PersonRow(Row, table=True):
    """What the platform's directory last told of an account."""

    __tablename__ = "person"
    __table_args__ = (owned_by_workspace(),)

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.MEMBERSHIP, key=True)
    address: Address = column(Data.ADDRESS, "reach the person", Kept.MEMBERSHIP, key=True)
    name: str = column(Data.ADDRESS, "greet, and offer it in the form to join", Kept.MEMBERSHIP)
    zone: str = column(Data.ADDRESS, "say times as the reader's clock does", Kept.MEMBERSHIP)
    admin: bool = column(Data.ADDRESS, "know who may set up programmes", Kept.MEMBERSHIP, Boolean)
    standing: Standing = column(Data.ADDRESS, "know who can take part", Kept.MEMBERSHIP, Named(Standing))
    heard_at: datetime = column(Data.INTERNAL, "ask the directory again in time", Kept.MEMBERSHIP, Utc)
    welcomed_at: datetime | None = column(
        Data.INTERNAL, "welcome a newcomer once", Kept.MEMBERSHIP, Utc, optional=True
    )


class LeftFormRow(Row, table=True):
    """The opt-in form that somebody closed half-way: what stood in it."""

    __tablename__ = "left_form"
    __table_args__ = (owned_by_workspace(), due_index("left_form", "keep_until"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.LEFT_FORM, key=True)
    address: Address = column(Data.ADDRESS, "know whose form", Kept.LEFT_FORM, key=True)
    answers: Sealed = column(Data.DECLARED, "let a newcomer go on", Kept.LEFT_FORM, Encrypted)
    keep_until: datetime = column(Data.INTERNAL, "forget it in time", Kept.LEFT_FORM, Utc)


class BlockRow(Row, table=True):
    """Somebody never wants to be paired with somebody; whom, only the keys can tell."""

    __tablename__ = "block"
    __table_args__ = (owned_by_workspace(), Index(None, "workspace_id", "blocker"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.BLOCK, key=True)
    id: str = column(Data.INTERNAL, "name the block", Kept.BLOCK, key=True)
    blocker: Address = column(Data.ADDRESS, "know whose block, past leaving and joining again", Kept.BLOCK)
    blocked: Sealed = column(Data.ADDRESS, "never pair the two", Kept.BLOCK, Encrypted)
    at: datetime = column(Data.INTERNAL, "list them in order", Kept.BLOCK, Utc)


class ProgrammeRow(Guarded, table=True):
    """A programme."""

    __tablename__ = "programme"
    __table_args__ = (
        owned_by_workspace(),
        due_index("programme", "next_summary_at"),
        due_index("programme", "next_round_at", where="next_round_at IS NOT NULL"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PROGRAMME, key=True)
    id: ProgrammeId = column(Data.INTERNAL, "name the programme", Kept.PROGRAMME, key=True)
    name: str = column(Data.PROGRAMME, "name the programme to people", Kept.PROGRAMME)
    purpose: str = column(Data.PROGRAMME, "say what the programme is for", Kept.PROGRAMME)
    channel: Address = column(Data.PROGRAMME, "post the summary", Kept.PROGRAMME)
    owners: tuple[Address, ...] = column(Data.ADDRESS, "know who runs it", Kept.PROGRAMME, ADDRESSES)
    contacts: tuple[Address, ...] = column(Data.ADDRESS, "know who hears concerns", Kept.PROGRAMME, ADDRESSES)
    zone: str = column(Data.PROGRAMME, "know the owners' hour", Kept.PROGRAMME)
    summary_day: int = column(Data.PROGRAMME, "time the summary", Kept.PROGRAMME, Integer)
    summary_at: time = column(Data.PROGRAMME, "time the summary", Kept.PROGRAMME, Time)
    weeks_between_rounds: int = column(Data.PROGRAMME, "time the rounds", Kept.PROGRAMME, Integer)
    ends: date | None = column(Data.PROGRAMME, "end the rounds", Kept.PROGRAMME, Date, optional=True)
    next_summary_at: datetime = column(Data.INTERNAL, "wake for the summary", Kept.PROGRAMME, Utc)
    next_round_at: datetime | None = column(
        Data.INTERNAL, "wake for the next round", Kept.PROGRAMME, Utc, optional=True
    )
    boundary_at: datetime | None = column(
        Data.INTERNAL, "let no draft tell what people answered", Kept.PROGRAMME, Utc, optional=True
    )
    choosing: Choosing = column(
        Data.PROGRAMME, "choose pairs as owners weigh them", Kept.PROGRAMME, Packed(Choosing)
    )
    topics: tuple[OwnTopic, ...] = column(
        Data.PROGRAMME, "call topics as the company does", Kept.PROGRAMME, Packed(tuple[OwnTopic, ...])
    )
    mandatory: bool = column(
        Data.PROGRAMME, "warn owners that being told to take part ends pairs", Kept.PROGRAMME, Boolean
    )
    routes: str = column(Data.PROGRAMME, "name other ways to be heard", Kept.PROGRAMME)
    helped: HelpShown | None = column(
        Data.PROGRAMME, "hold back what is too small", Kept.PROGRAMME, Packed(HelpShown | None), optional=True
    )


class RoundRow(Guarded, table=True):
    """A matching run, and what the summaries showed of it."""

    __tablename__ = "round"
    __table_args__ = (owned_by_workspace(),)

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PROGRAMME, key=True)
    id: RoundId = column(Data.INTERNAL, "name the round", Kept.PROGRAMME, key=True)
    number: int = column(Data.PROGRAMME, "put rounds in order", Kept.PROGRAMME, Integer)
    state: RoundState = column(Data.PROGRAMME, "know where it stands", Kept.PROGRAMME, Named(RoundState))
    drafted_at: datetime = column(Data.PROGRAMME, "know when it was drafted", Kept.PROGRAMME, Utc)
    released_at: datetime | None = column(
        Data.PROGRAMME, "count what happened since", Kept.PROGRAMME, Utc, optional=True
    )
    opted_in: int = column(Data.PROGRAMME, "show one count all round", Kept.PROGRAMME, Integer)
    pairs: int = column(Data.PROGRAMME, "show one count all round", Kept.PROGRAMME, Integer)
    meetings_shown: int = column(Data.PROGRAMME, "hold back what is too small", Kept.PROGRAMME, Integer)
    meetings_weekly: tuple[int, ...] = column(
        Data.PROGRAMME, "draw what the summaries showed", Kept.PROGRAMME, Packed(tuple[int, ...])
    )
    shown_until: datetime | None = column(
        Data.PROGRAMME, "hold back what is too small", Kept.PROGRAMME, Utc, optional=True
    )
    wanted: Wanted | None = column(
        Data.PROGRAMME, "show topics without teachers", Kept.PROGRAMME, Packed(Wanted | None), optional=True
    )
    flowed_back: FlowedBack | None = column(
        Data.PROGRAMME, "show one count for good", Kept.PROGRAMME, Packed(FlowedBack | None), optional=True
    )
    locked: tuple[Two, ...] = column(Data.PAIRING, "draft what the owner asked for", Kept.PROGRAMME, TWOS)
    apart: tuple[Two, ...] = column(Data.PAIRING, "draft what the owner asked for", Kept.PROGRAMME, TWOS)


class ParticipantRow(Guarded, table=True):
    """A person who opted in, and what they declared."""

    __tablename__ = "participant"
    __table_args__ = (
        owned_by_workspace(),
        UniqueConstraint("workspace_id", "address"),
        due_index("participant", "paused_until", where="state = 'paused' AND paused_until IS NOT NULL"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.MEMBERSHIP, key=True)
    id: ParticipantId = column(Data.ADDRESS, "name the person to the core", Kept.MEMBERSHIP, key=True)
    address: Address = column(Data.ADDRESS, "reach the person", Kept.MEMBERSHIP)
    name: str = column(Data.ADDRESS, "greet; shown to partners", Kept.MEMBERSHIP)
    level: int = column(Data.DECLARED, "match across levels", Kept.MEMBERSHIP, Integer)
    department: str = column(Data.DECLARED, "match across departments", Kept.MEMBERSHIP)
    hours: Hours = column(Data.DECLARED, "write in the person's hours", Kept.MEMBERSHIP, AtWork())
    learn: tuple[str, ...] = column(Data.DECLARED, "match", Kept.MEMBERSHIP, TEXTS)
    teach: tuple[str, ...] = column(Data.DECLARED, "match, and let be found", Kept.MEMBERSHIP, TEXTS)
    places: int = column(Data.DECLARED, "match no more pairs than wanted", Kept.MEMBERSHIP, Integer)
    languages: tuple[str, ...] = column(Data.DECLARED, "match on a common language", Kept.MEMBERSHIP, TEXTS)
    manager: Address | None = column(
        Data.DECLARED, "never pair inside a reporting line", Kept.MEMBERSHIP, optional=True
    )
    since: str = column(Data.DECLARED, "match newcomers well", Kept.MEMBERSHIP)
    findable: bool = column(Data.DECLARED, "be found by those who want to learn", Kept.MEMBERSHIP, Boolean)
    state: ParticipantState = column(
        Data.PAIRING, "know whether to write", Kept.MEMBERSHIP, Named(ParticipantState)
    )
    paused_until: datetime | None = column(Data.PAIRING, "end a pause", Kept.MEMBERSHIP, Utc, optional=True)
    tell_partners: bool = column(Data.DECLARED, "say where a partner is", Kept.MEMBERSHIP, Boolean)
    waiting: int = column(Data.PAIRING, "match first who waited longest", Kept.MEMBERSHIP, Integer)
    joined_at: datetime = column(Data.PAIRING, "know who came after a round", Kept.MEMBERSHIP, Utc)
    track: Track = column(Data.DECLARED, "label a handover to the two", Kept.MEMBERSHIP, Named(Track))
    direction: Direction = column(
        Data.DECLARED, "choose what the person reads", Kept.MEMBERSHIP, Named(Direction)
    )
    resting_since: datetime | None = column(
        Data.PAIRING, "bring nobody together who would rather rest", Kept.MEMBERSHIP, Utc, optional=True
    )
    unreached_since: datetime | None = column(
        Data.PAIRING, "bring nobody together who does not hear of it", Kept.MEMBERSHIP, Utc, optional=True
    )


class WaitingRow(Row, table=True):
    """Why a person has no pair in a round."""

    __tablename__ = "waiting"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("round", "round"),
        belongs_to("participant", "participant"),
        Index(None, "workspace_id", "participant"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    round: RoundId = column(Data.PAIRING, "know which round", Kept.PAIRING, key=True)
    participant: ParticipantId = column(Data.PAIRING, "know who waits", Kept.PAIRING, key=True)
    reason: Reason = column(Data.PAIRING, "tell the person why", Kept.PAIRING, Packed(Reason))
    search: Search = column(Data.PAIRING, "tell the person what would help", Kept.PAIRING, Packed(Search))


class PairRow(Guarded, table=True):
    """A pair, drafted to closed."""

    __tablename__ = "pair"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("participant", "a"),
        belongs_to("participant", "b"),
        belongs_to("round", "round"),
        Index(None, "workspace_id", "a"),
        Index(None, "workspace_id", "b"),
        Index(None, "workspace_id", "round"),
        Index(None, "workspace_id", "state"),
        due_index("pair", "next_due_at", where="next_due_at IS NOT NULL"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    id: PairId = column(Data.INTERNAL, "name the pair", Kept.PAIRING, key=True)
    a: ParticipantId = column(Data.PAIRING, "know the two", Kept.PAIRING)
    b: ParticipantId = column(Data.PAIRING, "know the two", Kept.PAIRING)
    exchanges: tuple[Exchange, ...] = column(
        Data.PAIRING, "know who learns what from whom", Kept.PAIRING, Packed(tuple[Exchange, ...])
    )
    state: PairState = column(Data.PAIRING, "know where it stands", Kept.PAIRING, Named(PairState))
    round: RoundId | None = column(Data.PAIRING, "know where it comes from", Kept.PAIRING, optional=True)
    reasons: tuple[Reason, ...] = column(
        Data.PAIRING, "say why the two", Kept.PAIRING, Packed(tuple[Reason, ...])
    )
    score: int = column(Data.PAIRING, "show the best pairs of a draft first", Kept.PAIRING, Integer)
    # PostgreSQL keeps the word LATERAL for itself.
    lateral: bool = column(
        Data.PAIRING, "introduce the two rightly", Kept.PAIRING, Boolean, name="is_lateral"
    )
    accepted: frozenset[ParticipantId] = column(
        Data.PAIRING, "open only when both said yes", Kept.PAIRING, Packed(frozenset[ParticipantId])
    )
    proposed_at: datetime | None = column(Data.PAIRING, "remind once", Kept.PAIRING, Utc, optional=True)
    expires_at: datetime | None = column(Data.PAIRING, "let it lapse", Kept.PAIRING, Utc, optional=True)
    introduced_at: datetime | None = column(
        Data.PAIRING, "time the journey", Kept.PAIRING, Utc, optional=True
    )
    ended_by: ParticipantId | None = column(
        Data.PAIRING, "let the other hear of it in time", Kept.PAIRING, optional=True
    )
    ended_at: datetime | None = column(Data.PAIRING, "forget it in time", Kept.PAIRING, Utc, optional=True)
    quiet_until: datetime | None = column(
        Data.PAIRING, "let some days pass before the other hears", Kept.PAIRING, Utc, optional=True
    )
    flows_back_since: datetime | None = column(
        Data.PAIRING, "count pairs that came to go both ways", Kept.PAIRING, Utc, optional=True
    )
    room: Address | None = column(Data.PAIRING, "write to the two", Kept.PAIRING, optional=True)
    next_due_at: datetime | None = column(
        Data.INTERNAL, "wake for the pair", Kept.PAIRING, Utc, optional=True
    )
    rested_by: ParticipantId | None = column(
        Data.PAIRING, "let one pair rest by one word", Kept.PAIRING, optional=True
    )
    rests_until: datetime | None = column(Data.PAIRING, "end such a rest", Kept.PAIRING, Utc, optional=True)
    created_at: datetime = column(Data.INTERNAL, "put pairs in order", Kept.PAIRING, Utc)


class MeetingRow(Guarded, table=True):
    """A meeting of a pair: when, and whether it was held; never what was said."""

    __tablename__ = "meeting"
    __table_args__ = (
        owned_by_workspace(),
        belongs_to("pair", "pair"),
        Index(None, "workspace_id", "pair", "at"),
        Index(None, "workspace_id", "state", "at"),
    )

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.PAIRING, key=True)
    id: MeetingId = column(Data.INTERNAL, "name the meeting", Kept.PAIRING, key=True)
    pair: PairId = column(Data.PAIRING, "know whose meeting", Kept.PAIRING)
    state: MeetingState = column(Data.PAIRING, "count meetings held", Kept.PAIRING, Named(MeetingState))
    at: datetime = column(Data.PAIRING, "time what is said next", Kept.PAIRING, Utc)
    told_by: frozenset[ParticipantId] = column(
        Data.PAIRING, "count a meeting once that both tell of", Kept.PAIRING, Packed(frozenset[ParticipantId])
    )
    denied_by: frozenset[ParticipantId] = column(
        Data.PAIRING, "let the two settle what they remember", Kept.PAIRING, Packed(frozenset[ParticipantId])
    )
    minutes: int = column(Data.PAIRING, "keep the time free", Kept.PAIRING, Integer)
    sequence: int = column(Data.INTERNAL, "let calendars know the newest", Kept.PAIRING, Integer)
    changed_at: datetime | None = column(
        Data.INTERNAL, "let calendars know the newest", Kept.PAIRING, Utc, optional=True
    )


class StepRow(Row, table=True):
    """A step of the journey that was said, to one person or (recipient empty) to the room."""

    __tablename__ = "step"
    __table_args__ = (owned_by_workspace(), belongs_to("pair", "pair"))

    workspace_id: WorkspaceId = column(Data.INTERNAL, "keep workspaces apart", Kept.ANSWER, key=True)
    pair: PairId = column(Data.PAIRING, "know whose step", Kept.ANSWER, key=True)
    step: str = column(Data.PAIRING, "say each step once", Kept.ANSWER, key=True)
    recipient: str = column(Data.PAIRING, "say it once to each", Kept.ANSWER, key=True)
    at: datetime = column(Data.PAIRING, "leave time between steps", Kept.ANSWER, Utc, key=True)
    answer: str | None = column(Data.MESSAGE, "choose what is said next", Kept.ANSWER, optional=True)
    answered_at: datetime | None = column(Data.MESSAGE, "notice a silence", Kept.ANSWER, Utc, optional=True)
