"""A question through the form of MijnGroningen: every check, committed to disk, with the event in the outbox."""

import http.client
import re
from http.cookies import SimpleCookie

from gemeente.bench.cast import resident_cookie, rows
from gemeente.bench.request import FRESH, Request, Targets

RESIDENTS = 48
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

    def requests(self, site: str) -> list[Request]:
        """Fetch the form for each resident, as a browser does, and fill it in. Each sending has a token of its own."""
        return [self._filled(site, resident_cookie(party), text) for party, text in rows(_RESIDENTS, [RESIDENTS, RESIDENTS])]

    def _filled(self, site: str, cookie: str, text: str) -> Request:
        protection, hidden = _form(site, cookie)
        form = {"csrfmiddlewaretoken": hidden, "token": FRESH, "text": text, "wish": "Dat iemand mij belt."}
        return Request(path=PATH, cookie=f"{cookie}; {protection}", marker="/verstuurd/", form=form, status=302)


def _form(site: str, cookie: str) -> tuple[str, str]:
    """Return what protects the form against other sites: the cookie, and the hidden field that belongs to it."""
    connection = http.client.HTTPConnection(site)
    connection.request("GET", PATH, headers={"Cookie": cookie})
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    given = SimpleCookie(response.headers.get("Set-Cookie", ""))
    found = _HIDDEN.search(page)
    if found is None or "csrftoken" not in given:
        raise RuntimeError(f"Het formulier op {PATH} heeft geen beveiliging: status {response.status}")
    return f"csrftoken={given['csrftoken'].value}", found[1]
