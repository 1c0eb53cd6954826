"""A hand-over to another team, and its acceptance there: two commands, each committed, with their events and log lines."""

from typing import Any
from uuid import UUID

from gemeente.access.queries import employee_actor
from gemeente.access.types import Actor
from gemeente.bench.cast import rows
from gemeente.bench.deeds import Call
from gemeente.bench.request import Targets
from gemeente.contact.commands import accept_hand_over, hand_over_question

_QUESTIONS = """
SELECT question.id, question.version, question.team, ours.employee_id, other.team_id, other.employee_id
FROM contact_question AS question
JOIN LATERAL (
    SELECT employee_id FROM access_employee_teams WHERE team_id = question.team ORDER BY employee_id DESC LIMIT 1
) AS ours ON true
JOIN LATERAL (
    SELECT employee_id, team_id FROM access_employee_teams WHERE team_id <> question.team
    ORDER BY md5(question.id::text || employee_id::text) LIMIT 1
) AS other ON true
WHERE question.closed_at IS NULL ORDER BY question.id DESC LIMIT %s
"""


class HandOver:
    """Open questions that go to another team and are accepted there, and back again the next time."""

    name = "handover"
    targets = Targets(ratio_to_raw=0.40)

    def calls(self, count: int) -> list[Call]:
        """Hand each of these questions over; the second time on, somebody is appointed already."""
        moves = [_Move(*row) for row in rows(_QUESTIONS, [count])]
        for move in moves:
            move()
        return list(moves)


class _Move:
    """Moves one question to and fro between two teams."""

    def __init__(self, question: UUID, version: int, team: str, ours: UUID, other_team: str, other: UUID) -> None:
        self._question, self._version = question, version
        self._holder, self._receiver = (team, _actor(ours)), (other_team, _actor(other))

    def __call__(self) -> Any:
        (_, giver), (team, receiver) = self._holder, self._receiver
        hand_over_question(
            actor=giver, question=self._question, to=team, reason="Past beter bij u.", seen_version=self._version
        )
        accept_hand_over(actor=receiver, question=self._question)
        self._version += 2
        self._holder, self._receiver = self._receiver, self._holder


def _actor(employee: UUID) -> Actor:
    actor = employee_actor(employee)
    assert actor is not None
    return actor
