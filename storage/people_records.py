"""Programmes, rounds and people of one workspace."""

import json

from sqlalchemy import bindparam, delete, insert, select, update

from bot.mentoring.ids import Address, ParticipantId, ProgrammeId, RoundId
from bot.mentoring.left_form import LeftForm
from bot.mentoring.people import Declared, Participant, ParticipantState, Profile
from bot.mentoring.programme import Programme, Round
from bot.mentoring.waiting import Waiting
from storage.record_base import RecordBase
from storage.shelf import KEY, WORKSPACE, Shelf
from storage.tables import LeftFormRow, ParticipantRow, PersonRow, ProgrammeRow, RoundRow, WaitingRow

PROGRAMMES = Shelf(Programme, ProgrammeRow)
ROUNDS = Shelf(Round, RoundRow)
PROFILES = Shelf(Profile, PersonRow)
PARTICIPANTS = Shelf(Participant, ParticipantRow)
PROGRAMME, ROUND, PERSON, PARTICIPANT = (
    shelf.table.c for shelf in (PROGRAMMES, ROUNDS, PROFILES, PARTICIPANTS)
)
WAITING, LEFT = WaitingRow.__table__, LeftFormRow.__table__

THE_PROGRAMME = PROGRAMMES.all.order_by(PROGRAMME.id).limit(1)
ROUNDS_IN_ORDER = ROUNDS.all.order_by(ROUND.drafted_at, ROUND.number, ROUND.id)
AT_ADDRESS = PARTICIPANTS.all.where(PARTICIPANT.address == bindparam(KEY))
_TAKES_PART = PARTICIPANT.state != ParticipantState.LEFT
TAKING_PART = PARTICIPANTS.all.where(_TAKES_PART).order_by(PARTICIPANT.id)
DECLARED = (
    select(PARTICIPANT.id, PARTICIPANT.learn, PARTICIPANT.teach)
    .where(PARTICIPANTS.mine, _TAKES_PART)
    .order_by(PARTICIPANT.joined_at, PARTICIPANT.id)
)
_THE_PERSON = (PERSON.workspace_id == bindparam(WORKSPACE), PERSON.address == bindparam(KEY))
HEARD = update(PROFILES.table).where(*_THE_PERSON).values(heard_at=bindparam("moment"))
WELCOMED = (
    update(PROFILES.table)
    .where(*_THE_PERSON, PERSON.welcomed_at.is_(None))
    .values(welcomed_at=bindparam("moment"))
)
_THE_ROUND = (WAITING.c.workspace_id == bindparam(WORKSPACE), WAITING.c.round == bindparam(KEY))
REASONS = (
    select(WAITING.c.participant, WAITING.c.reason, WAITING.c.search)
    .where(*_THE_ROUND)
    .order_by(WAITING.c.participant)
)
NO_REASONS = delete(WAITING).where(*_THE_ROUND)
_THE_FORM = (LEFT.c.workspace_id == bindparam(WORKSPACE), LEFT.c.address == bindparam(KEY))
LEFT_FORM = select(LEFT.c.answers, LEFT.c.keep_until).where(*_THE_FORM)
NO_LEFT_FORM = delete(LEFT).where(*_THE_FORM)


class PeopleRecords(RecordBase):
    """The part of Records about programmes, rounds and people."""

    _programme: ProgrammeId | None = None

    def programme(self) -> Programme | None:
        """The workspace's programme; asked again in a transaction, it is as it was seen or written there."""
        seen = None if self._programme is None else self._find(PROGRAMMES, self._programme)
        if seen is not None:
            return seen
        found = self._one(PROGRAMMES, THE_PROGRAMME)
        self._programme = None if found is None else found.id
        return found

    def save_programme(self, programme: Programme) -> None:
        """Write a programme, new or changed."""
        self._write(PROGRAMMES, programme)

    def find_programme(self, key: ProgrammeId) -> Programme:
        """That programme; NotFound where there is none."""
        return self._get(PROGRAMMES, key)

    def round(self, key: RoundId) -> Round:
        """That round; NotFound where there is none."""
        return self._get(ROUNDS, key)

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, oldest first."""
        return self._all(ROUNDS, ROUNDS_IN_ORDER)

    def save_round(self, one: Round) -> None:
        """Write a round, new or changed."""
        self._write(ROUNDS, one)

    def waiting(self, key: RoundId) -> dict[ParticipantId, Waiting]:
        """Why each person has no pair in a round."""
        rows = self._execute(REASONS, **{KEY: key})
        return {ParticipantId(who): Waiting(reason, search) for who, reason, search in rows}

    def save_waiting(self, key: RoundId, reasons: dict[ParticipantId, Waiting]) -> None:
        """Replace the reasons kept for a round."""
        self._execute(NO_REASONS, **{KEY: key})
        mine = {"workspace_id": self._workspace, "round": key}
        new = [
            {**mine, "participant": who, "reason": why.reason, "search": why.search}
            for who, why in reasons.items()
        ]
        if new:
            self._connection.execute(insert(WAITING), new)

    def profile(self, who: Address) -> Profile | None:
        """What was last heard of a person from the platform's directory."""
        return self._find(PROFILES, who)

    def save_profile(self, profile: Profile) -> None:
        """Write what the directory tells of a person."""
        self._write(PROFILES, profile, heard_at=self.now)
        self._execute(HEARD, **{KEY: profile.address, "moment": self.now})

    def first_welcome(self, who: Address) -> bool:
        """Remember that somebody the directory told of is welcomed; False where they were before."""
        self._get(PROFILES, who)
        return bool(self._execute(WELCOMED, **{KEY: who, "moment": self.now}).rowcount)

    def left_form(self, who: Address) -> LeftForm | None:
        """The opt-in form that somebody left half-way, kept until now or longer."""
        row = self._execute(LEFT_FORM, **{KEY: who}).first()
        if row is None or row.keep_until < self.now:
            return None
        told = json.loads(self._keyring.open(self._workspace, row.answers))
        return LeftForm({key: tuple(values) for key, values in told.items()}, row.keep_until)

    def save_left_form(self, who: Address, left: LeftForm) -> None:
        """Keep an opt-in form that somebody left half-way, in place of an earlier one."""
        self.forget_left_form(who)
        sealed = self._keyring.seal(self._workspace, json.dumps(dict(left.answers)).encode())
        row = {"workspace_id": self._workspace, "address": who, "answers": sealed}
        self._connection.execute(insert(LEFT), {**row, "keep_until": left.keep_until})

    def forget_left_form(self, who: Address) -> None:
        """Remove the opt-in form that somebody left half-way, if there is one."""
        self._execute(NO_LEFT_FORM, **{KEY: who})

    def participant(self, key: ParticipantId) -> Participant:
        """That participant, one who left included; NotFound where there is none."""
        return self._get(PARTICIPANTS, key)

    def participant_at(self, who: Address) -> Participant | None:
        """The participant at an address, one who left included."""
        return self._one(PARTICIPANTS, AT_ADDRESS, **{KEY: who})

    def participants(self) -> tuple[Participant, ...]:
        """Everybody who takes part (paused ones too), by id."""
        return self._all(PARTICIPANTS, TAKING_PART)

    def declared(self) -> tuple[Declared, ...]:
        """The interests of everybody who takes part (paused ones too), in order of joining, then by id."""
        return tuple(Declared(*row) for row in self._execute(DECLARED))

    def save_participant(self, participant: Participant) -> None:
        """Write a participant, new or changed."""
        self._write(PARTICIPANTS, participant)
