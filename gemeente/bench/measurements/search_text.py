"""A search in what was said in 800,000 questions, as the page of the workspace: the newest twenty, with what was found."""

from datetime import date, datetime, time, timedelta
from itertools import cycle, islice
from uuid import UUID

from gemeente.access.queries import employee_actor
from gemeente.bench.cast import employee_cookie, rows
from gemeente.bench.measurements.intake import hidden
from gemeente.bench.request import Request, Targets
from gemeente.contact.queries.search import TextFilter, search_texts
from gemeente.kernel.clock import AMSTERDAM

PATH = "/werk/zoek/"
# From what stands in a third of all questions to what stands in few; two words, a phrase, the beginning of a word.
WORDS = (
    "brief",
    "formulier",
    "paspoort",
    "rijbewijs",
    "huwelijk",
    "verhuizing brief",
    "bijstand formulier",
    "parkeren balie",
    "stoeptegels",
    '"korte zinnen"',
    '"mijn buurman" schuur',
    "huurovereenkomst kopie",
    "afval zes weken",
    "bijzon",
)
# Half of the searches are the KCC's, which sees all; the other half are of employees of all teams, who see their own.
_EMPLOYEES = """
SELECT id FROM (
    SELECT id, roles, row_number() OVER (PARTITION BY roles ORDER BY id) AS nth FROM access_employee
    WHERE roles IN (ARRAY['kcc']::varchar[], ARRAY['specialist']::varchar[])
) AS one ORDER BY nth, roles LIMIT 32
"""


class SearchText:
    """Employees who each search for something else."""

    name = "search_text"
    targets = Targets(p50_ms=50, p99_ms=300, at_once=1)

    def requests(self, site: str, count: int) -> list[Request]:
        """Fill the form of the search page in, with words by which this employee finds something."""
        pairs = zip(cycle(key for (key,) in rows(_EMPLOYEES)), cycle(WORDS), strict=False)
        return [request for employee, words in islice(pairs, count) if (request := _filled(site, employee, words))]


def _filled(site: str, employee: UUID, words: str) -> Request | None:
    actor = employee_actor(employee)
    assert actor is not None
    until = _last_day()
    found = search_texts(actor, words, narrow=TextFilter(before=datetime.combine(until, time.max, AMSTERDAM))).items
    if not found:
        return None
    cookie = employee_cookie(employee)
    form = {"csrfmiddlewaretoken": hidden(site, cookie, PATH), "q": words, "until": until.strftime("%d-%m-%Y")}
    return Request(path=PATH, cookie=cookie, marker=found[0].number, form=form)


def _last_day() -> date:
    """Return the day before the newest question: what the measurements themselves ask comes after it."""
    ((newest,),) = rows("SELECT max(asked_at) FROM contact_question")
    day: date = newest.astimezone(AMSTERDAM).date() - timedelta(days=1)
    return day
