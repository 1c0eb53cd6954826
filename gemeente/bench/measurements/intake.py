"""A question through the form of MijnGroningen: every check, committed to disk, with the event in the outbox."""

import http.client
import re

from gemeente.bench.cast import resident_cookie, rows
from gemeente.bench.load import WrongAnswer
from gemeente.bench.request import FRESH, Request, Targets

PATH = "/stel-uw-vraag/"
_HIDDEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
_RESIDENTS = """
SELECT DISTINCT ON (party) party, text FROM contact_contactmoment WHERE incoming IS NOT NULL AND length(text) > 200 AND party IN (
    SELECT party FROM contact_question WHERE channel = 'web' ORDER BY party LIMIT 20 * %s)
ORDER BY party, at LIMIT %s
"""


class Intake:
    """Residents who ask again, from their own browser, what they once asked."""

    name = "intake"
    targets = Targets(ratio_to_raw=0.45)

    def requests(self, site: str, count: int) -> list[Request]:
        """Fetch the form for each resident, as a browser does, and fill it in. Each sending has a token of its own."""
        residents = rows(_RESIDENTS, [count, count])
        return [_filled(site, resident_cookie(party), text) for party, text in residents]


def _filled(site: str, cookie: str, text: str) -> Request:
    form = {"csrfmiddlewaretoken": _hidden(site, cookie), "token": FRESH, "text": text, "wish": "Dat iemand mij belt."}
    return Request(path=PATH, cookie=cookie, marker="/verstuurd/", form=form, status=302)


def _hidden(site: str, cookie: str) -> str:
    """Fetch the form; return the hidden field that protects it against other sites, together with the cookie."""
    connection = http.client.HTTPConnection(site)
    connection.request("GET", PATH, headers={"Cookie": cookie})
    response = connection.getresponse()
    found = _HIDDEN.search(response.read().decode())
    connection.close()
    if found is None:
        raise WrongAnswer(f"Het formulier op {PATH} heeft geen beveiliging: status {response.status}.")
    return found[1]
