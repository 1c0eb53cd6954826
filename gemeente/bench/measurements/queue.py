"""The queue of an employee's team, as HTML: the first fifty open questions, danger first."""

from gemeente.bench.cast import employee_cookie, rows
from gemeente.bench.request import Request, Targets

_EMPLOYEES = """
SELECT employee_id, (
    SELECT number FROM contact_question WHERE closed_at IS NULL AND team = team_id
    ORDER BY urgency_rank DESC, answer_due, id LIMIT 1)
FROM access_employee_teams
WHERE EXISTS (SELECT FROM contact_question WHERE closed_at IS NULL AND team = team_id)
ORDER BY id LIMIT %s
"""


class Queue:
    """Employees of all teams that have work."""

    name = "queue"
    targets = Targets(sql_statements=8, p50_of_picture=3.0)

    def requests(self, site: str, count: int) -> list[Request]:
        """Ask for the queue of each; the most pressing question stands in it."""
        return [
            Request(path="/werk/", cookie=employee_cookie(employee), marker=number)
            for employee, number in rows(_EMPLOYEES, [count])
        ]
