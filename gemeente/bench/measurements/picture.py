"""The whole picture of one resident, as JSON for the workspace: 40 moments of contact, 12 questions, and a line in the log."""

from gemeente.bench.cast import employee_cookie, rows
from gemeente.bench.request import Request, Targets

EMPLOYEES = 16
_RESIDENTS = """
SELECT party, (SELECT number FROM contact_question WHERE party = moment.party ORDER BY asked_at DESC LIMIT 1)
FROM contact_contactmoment AS moment GROUP BY party HAVING count(*) >= 40 ORDER BY party LIMIT %s
"""
# The KCC sees every team's conversations, so nothing of the picture is left out.
_EMPLOYEES = "SELECT id FROM access_employee WHERE roles = ARRAY['kcc']::varchar[] ORDER BY id LIMIT %s"


class Picture:
    """Several employees, who each open several residents in turn."""

    name = "picture"
    targets = Targets(ratio_to_raw=0.40)

    def requests(self, site: str, count: int) -> list[Request]:
        """Ask for residents who have much with us."""
        residents = rows(_RESIDENTS, [count])
        employees = [employee for (employee,) in rows(_EMPLOYEES, [EMPLOYEES])]
        return [
            Request(path=f"/werk/inwoner/{party}/beeld.json", cookie=cookie, marker=number)
            for nth, employee in enumerate(employees)
            if (theirs := residents[nth::EMPLOYEES])
            for cookie in [employee_cookie(employee, parties=[party for party, _ in theirs])]
            for party, number in theirs
        ]
