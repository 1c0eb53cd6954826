"""Residents who ask while everything falls over: by the web form and by mail, each trying until somebody says yes."""

import http.client
import re
import smtplib
import threading
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import urlencode, urlsplit

from tests.browser.post import MUNICIPALITY
from tests.browser.product import Product

PATIENCE_SECONDS = 20
PAUSE_SECONDS = 0.1
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|token)" value="([^"]+)"')


class Asker(threading.Thread):
    """Asks one question after another until told to stop; `accepted` holds the marks of those that were acknowledged."""

    def __init__(self, kind: str, ask: Callable[[str], None]) -> None:
        super().__init__(daemon=True)
        self._kind, self._ask = kind, ask
        self._stopping = threading.Event()
        self.accepted: list[str] = []

    def run(self) -> None:
        """Ask; what was not acknowledged is tried again, as a person or a mail server does."""
        number = 0
        while not self._stopping.is_set():
            number += 1
            mark = f"{self._kind}{number:04d}"
            if self._until_accepted(mark):
                self.accepted.append(mark)
            self._stopping.wait(PAUSE_SECONDS)

    def _until_accepted(self, mark: str) -> bool:
        while not self._stopping.is_set():
            try:
                self._ask(mark)
            except (OSError, http.client.HTTPException, smtplib.SMTPException):
                self._stopping.wait(PAUSE_SECONDS)
            else:
                return True
        return False

    def stop(self) -> None:
        """Stop after what is being asked now."""
        self._stopping.set()
        self.join(PATIENCE_SECONDS * 2)


def address_of(mark: str) -> str:
    """Return from which address a question was asked."""
    return f"{mark}@voorbeeld.nl"


def text_of(mark: str) -> str:
    """Return what was asked: each its own words, so that one can be found again."""
    return f"Bij nummer {mark} brandt de straatlamp niet meer. Kunt u die maken?"


def by_web(product: Product) -> Callable[[str], None]:
    """Return how one asks with the public form: fetch it once, and send that same form until it is accepted."""
    forms: dict[str, tuple[str, dict[str, str]]] = {}

    def ask(mark: str) -> None:
        if mark not in forms:
            forms[mark] = _form(product)
        cookie, fields = forms[mark]
        typed = fields | {"text": text_of(mark), "via": "email", "email": address_of(mark)}
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Referer": product.url}
        answer, _ = _request(product, "POST", urlencode(typed), headers)
        if answer.status != http.HTTPStatus.FOUND:
            raise http.client.HTTPException(f"not accepted: {answer.status}")

    return ask


def _form(product: Product) -> tuple[str, dict[str, str]]:
    answer, page = _request(product, "GET", None, {})
    if answer.status != http.HTTPStatus.OK:
        raise http.client.HTTPException(f"no form: {answer.status}")
    return answer.headers["Set-Cookie"].partition(";")[0], dict(_FIELD.findall(page))


def _request(
    product: Product, method: str, body: str | None, headers: dict[str, str]
) -> tuple[http.client.HTTPResponse, str]:
    line = http.client.HTTPConnection(urlsplit(product.url).netloc, timeout=PATIENCE_SECONDS)
    try:
        line.request(method, "/stel-uw-vraag/", body, headers)
        answer = line.getresponse()
        return answer, answer.read().decode()
    finally:
        line.close()


def by_mail(product: Product) -> Callable[[str], None]:
    """Return how one asks by mail: the same Message-ID at each try."""

    def ask(mark: str) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = address_of(mark), MUNICIPALITY, f"Straatlamp {mark}"
        mail["Message-ID"] = f"<{mark}@voorbeeld.nl>"
        mail.set_content(text_of(mark))
        with smtplib.SMTP("127.0.0.1", product.smtp_port, timeout=PATIENCE_SECONDS) as server:
            server.send_message(mail)

    return ask
