"""How pairs of one workspace feel and how they end."""

import json
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlmodel import select

from bot.mentoring.closing import Closing, GoOn, LookBack, Question
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.ids import PairId, ParticipantId
from storage.closing_tables import ClosingRow, FitRow, GoingOnRow, HelpedRow, LookBackRow, WishRow
from storage.columns import Row
from storage.encryption import Sealed
from storage.record_base import RecordBase

LOOK_BACK = TypeAdapter(LookBack)


class ClosingRecords(RecordBase):
    """The part of Records about how pairs feel and end."""

    def fit(self, key: PairId, who: ParticipantId) -> Fit | None:
        """How somebody finds their pair; for nobody's eyes but theirs."""
        row = self._session.get(FitRow, (self._workspace, key, who))
        return None if row is None else Fit(self._opened(row.answer))

    def save_fit(self, key: PairId, who: ParticipantId, fit: Fit) -> None:
        """Keep how somebody finds their pair, in place of what they said before."""
        self._keep(FitRow, pair=key, participant=who, answer=self._sealed(fit), at=self._now)

    def helped(self) -> tuple[tuple[Helped, datetime], ...]:
        """What everybody answered last to whether asking across levels helped, without who did."""
        return tuple(sorted((Helped(self._opened(row.answer)), row.at) for row in self._answers()))

    def save_helped(self, who: ParticipantId, answer: Helped, at: datetime) -> None:
        """Keep such an answer, in place of the person's last one."""
        known = next((row.id for row in self._answers() if self._opened(row.who) == who), None)
        told = {"who": self._sealed(who), "answer": self._sealed(answer)}
        self._keep(HelpedRow, id=known or self._new_id(), at=at, **told)

    def save_wish(self, who: ParticipantId, whom: ParticipantId) -> None:
        """Keep somebody's wish to be paired with the same person again."""
        if (who, whom) in self._wishes():
            return
        self._keep(WishRow, id=self._new_id(), participant=who, whom=self._sealed(whom), at=self._now)

    def forget_wishes(self, one: ParticipantId, other: ParticipantId) -> None:
        """Forget what two people wished for of each other."""
        wishes = self._wishes()
        for both in ((one, other), (other, one)):
            if both in wishes:
                self._session.delete(wishes[both])
        self._session.flush()

    def wished_again(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of people who each wish to be paired with the other again."""
        wishes = self._wishes()
        return frozenset(frozenset(both) for both in wishes if both[::-1] in wishes)

    def closing(self, key: PairId) -> Closing | None:
        """The wish to close a pair together, if there is one."""
        row = self._session.get(ClosingRow, (self._workspace, key))
        return None if row is None else Closing(row.pair, row.by, row.at, row.agreed_at)

    def save_closing(self, closing: Closing) -> None:
        """Write such a wish, in place of an earlier one."""
        self._keep(ClosingRow, pair=closing.pair, by=closing.by, at=closing.at, agreed_at=closing.agreed_at)

    def forget_closing(self, key: PairId) -> None:
        """Forget it."""
        row = self._session.get(ClosingRow, (self._workspace, key))
        if row is not None:
            self._session.delete(row)
            self._session.flush()

    def look_backs(self, key: PairId) -> dict[ParticipantId, LookBack]:
        """What each side said at a pair's end."""
        mine = select(LookBackRow).where(LookBackRow.workspace_id == self._workspace, LookBackRow.pair == key)
        rows = self._session.exec(mine)
        return {row.participant: LOOK_BACK.validate_json(self._opened(row.said)) for row in rows}

    def save_look_back(self, key: PairId, who: ParticipantId, said: LookBack) -> None:
        """Keep what a side said, in place of what it said before."""
        sealed = self._sealed(LOOK_BACK.dump_json(said).decode())
        self._keep(LookBackRow, pair=key, participant=who, said=sealed, at=self._now)

    def question(self, key: PairId) -> Question | None:
        """The last question whether a pair goes on."""
        row = self._session.get(GoingOnRow, (self._workspace, key))
        if row is None:
            return None
        told = json.loads(self._opened(row.said))
        said = {ParticipantId(who): GoOn(answer) for who, answer in told.items()}
        return Question(row.pair, row.asked_at, row.decided_at, row.met_lately, said, row.over)

    def save_question(self, question: Question) -> None:
        """Write it, in place of an earlier one."""
        self._keep(
            GoingOnRow,
            pair=question.pair,
            asked_at=question.asked_at,
            decided_at=question.decided_at,
            met_lately=question.met_lately,
            said=self._sealed(json.dumps(question.said)),
            over=question.over,
        )

    def _answers(self) -> list[HelpedRow]:
        return list(self._session.exec(select(HelpedRow).where(HelpedRow.workspace_id == self._workspace)))

    def _wishes(self) -> dict[tuple[ParticipantId, ParticipantId], WishRow]:
        every = self._session.exec(select(WishRow).where(WishRow.workspace_id == self._workspace))
        return {(row.participant, ParticipantId(self._opened(row.whom))): row for row in every}

    def _keep(self, kind: type[Row], **values: Any) -> None:  # noqa: ANN401 # the columns of any table here
        self._session.merge(kind(**{"workspace_id": self._workspace, **values}))
        self._session.flush()

    def _sealed(self, text: str) -> Sealed:
        return self._keyring.seal(self._workspace, text.encode())

    def _opened(self, sealed: Sealed) -> str:
        return self._keyring.open(self._workspace, sealed).decode()
