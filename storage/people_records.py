"""Programmes, rounds and people of one workspace."""

import json

from sqlmodel import col, delete, select

from bot.mentoring.ids import Address, ParticipantId, ProgrammeId, RoundId
from bot.mentoring.left_form import LeftForm
from bot.mentoring.people import Participant, ParticipantState, Profile
from bot.mentoring.programme import Programme, Round
from bot.mentoring.waiting import Waiting
from storage.record_base import RecordBase, read
from storage.tables import LeftFormRow, ParticipantRow, PersonRow, ProgrammeRow, RoundRow, WaitingRow


class PeopleRecords(RecordBase):
    """The part of Records about programmes, rounds and people."""

    def programme(self) -> Programme | None:
        """The workspace's programme."""
        mine = select(ProgrammeRow).where(ProgrammeRow.workspace_id == self._workspace)
        row = self._session.exec(mine.order_by(col(ProgrammeRow.id)).limit(1)).first()
        return None if row is None else read(Programme, row)

    def save_programme(self, programme: Programme) -> None:
        """Write a programme, new or changed."""
        self._write(ProgrammeRow, programme, programme.id)

    def find_programme(self, key: ProgrammeId) -> Programme:
        """That programme; NotFound where there is none."""
        return read(Programme, self._row(ProgrammeRow, key))

    def round(self, key: RoundId) -> Round:
        """That round; NotFound where there is none."""
        return read(Round, self._row(RoundRow, key))

    def rounds(self) -> tuple[Round, ...]:
        """All rounds, oldest first."""
        mine = select(RoundRow).where(RoundRow.workspace_id == self._workspace)
        order = (col(RoundRow.drafted_at), col(RoundRow.number), col(RoundRow.id))
        return self._all(Round, mine.order_by(*order))

    def save_round(self, one: Round) -> None:
        """Write a round, new or changed."""
        self._write(RoundRow, one, one.id)

    def waiting(self, key: RoundId) -> dict[ParticipantId, Waiting]:
        """Why each person has no pair in a round."""
        mine = select(WaitingRow).where(WaitingRow.workspace_id == self._workspace, WaitingRow.round == key)
        rows = self._session.exec(mine.order_by(col(WaitingRow.participant)))
        return {row.participant: read(Waiting, row) for row in rows}

    def save_waiting(self, key: RoundId, reasons: dict[ParticipantId, Waiting]) -> None:
        """Replace the reasons kept for a round."""
        old = delete(WaitingRow).where(
            col(WaitingRow.workspace_id) == self._workspace, col(WaitingRow.round) == key
        )
        self._session.exec(old)
        for who, why in reasons.items():
            row = WaitingRow(
                workspace_id=self._workspace,
                round=key,
                participant=who,
                reason=why.reason,
                search=why.search,
            )
            self._session.add(row)
        self._session.flush()

    def profile(self, who: Address) -> Profile | None:
        """What was last heard of a person from the platform's directory."""
        row = self._find(PersonRow, who)
        return None if row is None else read(Profile, row)

    def save_profile(self, profile: Profile) -> None:
        """Write what the directory tells of a person."""
        self._write(PersonRow, profile, profile.address, heard_at=self._now)
        self._row(PersonRow, profile.address).heard_at = self._now

    def first_welcome(self, who: Address) -> bool:
        """Remember that somebody the directory told of is welcomed; False where they were before."""
        row = self._row(PersonRow, who)
        if row.welcomed_at is not None:
            return False
        row.welcomed_at = self._now
        self._session.flush()
        return True

    def left_form(self, who: Address) -> LeftForm | None:
        """The opt-in form that somebody left half-way, kept until now or longer."""
        row = self._find(LeftFormRow, who)
        if row is None or row.keep_until < self._now:
            return None
        told = json.loads(self._keyring.open(self._workspace, row.answers))
        return LeftForm({key: tuple(values) for key, values in told.items()}, row.keep_until)

    def save_left_form(self, who: Address, left: LeftForm) -> None:
        """Keep an opt-in form that somebody left half-way, in place of an earlier one."""
        sealed = self._keyring.seal(self._workspace, json.dumps(dict(left.answers)).encode())
        row = self._find(LeftFormRow, who)
        if row is None:
            row = LeftFormRow(workspace_id=self._workspace, address=who)
            self._session.add(row)
        row.answers, row.keep_until = sealed, left.keep_until
        self._session.flush()

    def forget_left_form(self, who: Address) -> None:
        """Remove the opt-in form that somebody left half-way, if there is one."""
        row = self._find(LeftFormRow, who)
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def participant(self, key: ParticipantId) -> Participant:
        """That participant, one who left included; NotFound where there is none."""
        return read(Participant, self._row(ParticipantRow, key))

    def participant_at(self, who: Address) -> Participant | None:
        """The participant at an address, one who left included."""
        mine = select(ParticipantRow).where(
            ParticipantRow.workspace_id == self._workspace, ParticipantRow.address == who
        )
        row = self._session.exec(mine).first()
        return None if row is None else read(Participant, row)

    def participants(self) -> tuple[Participant, ...]:
        """Everybody who takes part (paused ones too), by id."""
        mine = select(ParticipantRow).where(
            ParticipantRow.workspace_id == self._workspace, ParticipantRow.state != ParticipantState.LEFT
        )
        return self._all(Participant, mine.order_by(col(ParticipantRow.id)))

    def save_participant(self, participant: Participant) -> None:
        """Write a participant, new or changed."""
        self._write(ParticipantRow, participant, participant.id)
