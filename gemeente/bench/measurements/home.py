"""The home page of MijnGroningen, as HTML: a resident's running questions, last messages and what they can do now."""

from gemeente.bench.cast import resident_cookie, rows
from gemeente.bench.request import Request, Targets

_RESIDENTS = """
SELECT DISTINCT ON (party) party, number FROM contact_question WHERE closed_at IS NULL ORDER BY party, answer_due, id LIMIT %s
"""


class Home:
    """Residents with a question that runs."""

    name = "home"
    targets = Targets(sql_statements=8, p50_of_picture=3.0)

    def requests(self, site: str, count: int) -> list[Request]:
        """Ask for the home page of each; it names the question that is due first."""
        residents = rows(_RESIDENTS, [count])
        return [Request(path="/", cookie=resident_cookie(party), marker=number) for party, number in residents]
