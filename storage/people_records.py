"""Programmes, rounds and people of one workspace."""

from sqlmodel import col, delete, select

from bot.mentoring.ids import Address, ParticipantId, ProgrammeId, RoundId
from bot.mentoring.pair import Reason
from bot.mentoring.people import Participant, ParticipantState, Profile
from bot.mentoring.programme import Programme, Round
from storage.record_base import RecordBase, read
from storage.tables import ParticipantRow, PersonRow, ProgrammeRow, RoundRow, WaitingRow


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

    def waiting(self, key: RoundId) -> dict[ParticipantId, Reason]:
        """Why each person has no pair in a round."""
        mine = select(WaitingRow).where(WaitingRow.workspace_id == self._workspace, WaitingRow.round == key)
        rows = self._session.exec(mine.order_by(col(WaitingRow.participant)))
        return {row.participant: row.reason for row in rows}

    def save_waiting(self, key: RoundId, reasons: dict[ParticipantId, Reason]) -> None:
        """Replace the reasons kept for a round."""
        old = delete(WaitingRow).where(
            col(WaitingRow.workspace_id) == self._workspace, col(WaitingRow.round) == key
        )
        self._session.exec(old)
        for who, reason in reasons.items():
            self._session.add(
                WaitingRow(workspace_id=self._workspace, round=key, participant=who, reason=reason)
            )
        self._session.flush()

    def profile(self, who: Address) -> Profile | None:
        """What was last heard of a person from the platform's directory."""
        row = self._find(PersonRow, who)
        return None if row is None else read(Profile, row)

    def save_profile(self, profile: Profile) -> None:
        """Write what the directory tells of a person."""
        self._write(PersonRow, profile, profile.address, heard_at=self._now)
        self._row(PersonRow, profile.address).heard_at = self._now

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
