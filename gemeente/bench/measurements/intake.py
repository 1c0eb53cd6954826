"""A question through the form of MijnGroningen: every check, committed to disk, with the event in the outbox."""

import http.client
import re
from uuid import uuid4

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
        filled = [_filled(site, resident_cookie(party), text) for party, text in residents]
        _send_and_read(site, filled[0])
        return filled


def _filled(site: str, cookie: str, text: str) -> Request:
    form = {
        "csrfmiddlewaretoken": hidden(site, cookie, PATH),
        "token": FRESH,
        "text": text,
        "wish": "Dat iemand mij belt.",
    }
    return Request(path=PATH, cookie=cookie, marker="/verstuurd/", form=form, status=302)


def _send_and_read(site: str, request: Request) -> None:
    """Send a form and open the confirmation, as a browser does: only then the web server holds all that it needs in use."""
    body = request.body.replace(FRESH.encode(), str(uuid4()).encode())
    headers = {"Cookie": request.cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection(site)
    connection.request("POST", PATH, body, headers)
    sent = connection.getresponse()
    sent.read()
    connection.request("GET", sent.headers.get("Location", PATH), headers=headers)
    confirmation = connection.getresponse()
    connection.close()
    if (sent.status, confirmation.status) != (302, 200):
        raise WrongAnswer(f"Een vraag stellen op {PATH} gaf {sent.status}, de bevestiging {confirmation.status}.")


def hidden(site: str, cookie: str, path: str) -> str:
    """Fetch the form at this path; return the hidden field that protects it against other sites, together with the cookie."""
    connection = http.client.HTTPConnection(site)
    connection.request("GET", path, headers={"Cookie": cookie})
    response = connection.getresponse()
    found = _HIDDEN.search(response.read().decode())
    connection.close()
    if found is None:
        raise WrongAnswer(f"Het formulier op {path} heeft geen beveiliging: status {response.status}.")
    return found[1]
