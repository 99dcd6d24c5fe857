"""How pairs of one workspace feel and how they end."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import bindparam, delete, select

from bot.mentoring.closing import Closing, GoOn, LookBack, Question
from bot.mentoring.fit import Fit, Helped
from bot.mentoring.ids import PairId, ParticipantId
from storage.closing_tables import ClosingRow, FitRow, GoingOnRow, HelpedRow, LookBackRow, WishRow
from storage.columns import Row
from storage.encryption import Sealed
from storage.record_base import Item, RecordBase
from storage.shelf import KEY, KEYS, WORKSPACE, Rows

LOOK_BACK = TypeAdapter(LookBack)


def _rows_of(row: type[Row], name: str, read: Callable[..., Item], *columns: str) -> Rows[Item]:
    """These columns of the rows of a pair."""
    table = row.__table__
    mine = (table.c.workspace_id == bindparam(WORKSPACE), table.c.pair.in_(bindparam(KEYS, expanding=True)))
    return Rows(name, select(table.c.pair, *(table.c[column] for column in columns)).where(*mine), read)


def _by_whom(_: RecordBase, who: ParticipantId, said: Sealed) -> tuple[ParticipantId, Sealed]:
    return who, said


def _closing(_: RecordBase, *row: Any) -> Closing:  # noqa: ANN401 # columns of the table
    return Closing(*row)


HELPED, WISH, CLOSING = (row.__table__ for row in (HelpedRow, WishRow, ClosingRow))
ANSWERS = select(HELPED.c.id, HELPED.c.who, HELPED.c.answer, HELPED.c.at).where(
    HELPED.c.workspace_id == bindparam(WORKSPACE)
)
WISHES = select(WISH.c.id, WISH.c.participant, WISH.c.whom).where(WISH.c.workspace_id == bindparam(WORKSPACE))
NO_WISH = delete(WISH).where(WISH.c.workspace_id == bindparam(WORKSPACE), WISH.c.id == bindparam(KEY))
NO_CLOSING = delete(CLOSING).where(
    CLOSING.c.workspace_id == bindparam(WORKSPACE), CLOSING.c.pair == bindparam(KEY)
)
LOOK_BACKS = _rows_of(LookBackRow, "look-backs of a pair", _by_whom, "participant", "said")
FITS = _rows_of(FitRow, "fit of a pair", _by_whom, "participant", "answer")
CLOSINGS = _rows_of(ClosingRow, "closing of a pair", _closing, "pair", "by", "at", "agreed_at")


def _question(
    records: "ClosingRecords",
    pair: PairId,
    asked_at: datetime,
    decided_at: datetime,
    met_lately: bool,  # noqa: FBT001 # a column of the table
    said: Sealed,
    over: bool,  # noqa: FBT001 # as above
) -> Question:
    told = json.loads(records.opened(said))
    answers = {ParticipantId(who): GoOn(answer) for who, answer in told.items()}
    return Question(pair, asked_at, decided_at, met_lately, answers, over)


QUESTIONS = _rows_of(
    GoingOnRow,
    "question of a pair",
    _question,
    "pair",
    "asked_at",
    "decided_at",
    "met_lately",
    "said",
    "over",
)


class ClosingRecords(RecordBase):
    """The part of Records about how pairs feel and end."""

    def fit(self, key: PairId, who: ParticipantId) -> Fit | None:
        """How somebody finds their pair; for nobody's eyes but theirs."""
        answer = dict(self._of(FITS, key)).get(who)
        return None if answer is None else Fit(self.opened(answer))

    def save_fit(self, key: PairId, who: ParticipantId, fit: Fit) -> None:
        """Keep how somebody finds their pair, in place of what they said before."""
        self._keep(FitRow, pair=key, participant=who, answer=self._sealed(fit), at=self.now)
        self._forget(FITS, key)

    def helped(self) -> tuple[tuple[Helped, datetime], ...]:
        """What everybody answered last to whether asking across levels helped, without who did."""
        return tuple(sorted((Helped(self.opened(answer)), at) for _, _, answer, at in self._execute(ANSWERS)))

    def save_helped(self, who: ParticipantId, answer: Helped, at: datetime) -> None:
        """Keep such an answer, in place of the person's last one."""
        known = next((key for key, whose, *_ in self._execute(ANSWERS) if self.opened(whose) == who), None)
        told = {"who": self._sealed(who), "answer": self._sealed(answer)}
        self._keep(HelpedRow, id=known or self._new_id(), at=at, **told)

    def save_wish(self, who: ParticipantId, whom: ParticipantId) -> None:
        """Keep somebody's wish to be paired with the same person again."""
        if (who, whom) in self._wishes():
            return
        self._keep(WishRow, id=self._new_id(), participant=who, whom=self._sealed(whom), at=self.now)

    def forget_wishes(self, one: ParticipantId, other: ParticipantId) -> None:
        """Forget what two people wished for of each other."""
        wishes = self._wishes()
        for both in ((one, other), (other, one)):
            if both in wishes:
                self._execute(NO_WISH, **{KEY: wishes[both]})

    def wished_again(self) -> frozenset[frozenset[ParticipantId]]:
        """The two-element sets of people who each wish to be paired with the other again."""
        wishes = self._wishes()
        return frozenset(frozenset(both) for both in wishes if both[::-1] in wishes)

    def closing(self, key: PairId) -> Closing | None:
        """The wish to close a pair together, if there is one."""
        return next(iter(self._of(CLOSINGS, key)), None)

    def save_closing(self, closing: Closing) -> None:
        """Write such a wish, in place of an earlier one."""
        self._keep(ClosingRow, pair=closing.pair, by=closing.by, at=closing.at, agreed_at=closing.agreed_at)
        self._forget(CLOSINGS, closing.pair)

    def forget_closing(self, key: PairId) -> None:
        """Forget it."""
        self._execute(NO_CLOSING, **{KEY: key})
        self._forget(CLOSINGS, key)

    def look_backs(self, key: PairId) -> dict[ParticipantId, LookBack]:
        """What each side said at a pair's end."""
        return {who: LOOK_BACK.validate_json(self.opened(said)) for who, said in self._of(LOOK_BACKS, key)}

    def save_look_back(self, key: PairId, who: ParticipantId, said: LookBack) -> None:
        """Keep what a side said, in place of what it said before."""
        sealed = self._sealed(LOOK_BACK.dump_json(said).decode())
        self._keep(LookBackRow, pair=key, participant=who, said=sealed, at=self.now)
        self._forget(LOOK_BACKS, key)

    def question(self, key: PairId) -> Question | None:
        """The last question whether a pair goes on."""
        return next(iter(self._of(QUESTIONS, key)), None)

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
        self._forget(QUESTIONS, question.pair)

    def _wishes(self) -> dict[tuple[ParticipantId, ParticipantId], str]:
        """The id of each wish, by whose it is and whom it names."""
        return {(who, ParticipantId(self.opened(whom))): key for key, who, whom in self._execute(WISHES)}

    def _keep(self, kind: type[Row], **values: Any) -> None:  # noqa: ANN401 # the columns of any table here
        self._session.merge(kind(**{"workspace_id": self._workspace, **values}))
        self._session.flush()

    def _sealed(self, text: str) -> Sealed:
        return self._keyring.seal(self._workspace, text.encode())

    def opened(self, sealed: Sealed) -> str:
        """What was sealed here."""
        return self._keyring.open(self._workspace, sealed).decode()
