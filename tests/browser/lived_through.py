"""One resident's question from nothing asked until not solved, with every page and mail on the way kept as it was shown.

The resident asked nothing before and writes plain words, so all other words on these sheets are the product's own.
"""

from dataclasses import dataclass

from tests.browser.post import Mail, Post
from tests.browser.town import Town
from tests.browser.visitor import Employee, Resident, Visitor

RESIDENT, SHORT, SURNAME, ADDRESS = "Rik Jelle Hoekstra", "Rik Hoekstra", "Hoekstra", "rj.hoekstra@voorbeeld.nl"
EMPLOYEE = "Jan Mulder"
FOREIGN = "/vragen/2020-00001/"

QUESTION = "De lantaarn op de hoek van de Korreweg brandt niet meer."
WISH = "Dat de lantaarn het weer doet."
NOTE = "De monteur weet ervan."
BACK = "Beste meneer Hoekstra, welk nummer staat op de lantaarn?"
NEEDS = "Stuur een foto van de lantaarn."
REPLY = "Op de lantaarn staat 4417."
ANSWER = "Beste meneer Hoekstra, de monteur komt vrijdag. U hoeft niets te doen. Groet, Jan Mulder."
CLOSING = "De monteur heeft de lantaarn gemaakt. Hij brandt weer."
AGAIN = "De lantaarn is weer uit."
LAST = "Beste meneer Hoekstra, wij komen morgen opnieuw kijken. Groet, Jan Mulder."


@dataclass(frozen=True)
class Sheet:
    """A page or a mail as somebody saw it: where, for whom ("resident", "employee" or "post"), its words and its links."""

    where: str
    reader: str
    text: str
    links: tuple[str, ...] = ()


class Life:
    """Lives the question through, and keeps the sheets."""

    def __init__(self, town: Town, post: Post) -> None:
        self._town, self._post = town, post
        self.sheets: list[Sheet] = []
        self.number = ""

    def live(self) -> None:
        """Do all steps."""
        rik, jan = self._town.resident(RESIDENT), self._town.employee(EMPLOYEE)
        self._before(rik)
        self._ask(rik)
        self._in_the_house(jan)
        self._asked_back(rik, jan)
        self._answered(rik, jan)
        self._closed_and_again(rik, jan)
        self._around(rik)
        self.sheets += [
            Sheet(f"mail: {mail.subject}", "post", f"{mail.subject}\n{mail.text}") for mail in self._mails()
        ]

    def _keep(self, who: Visitor, where: str) -> None:
        who.page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        hrefs = who.page.locator("a[href]").evaluate_all("links => links.map(one => one.getAttribute('href'))")
        reader = "employee" if isinstance(who, Employee) else "resident"
        self.sheets.append(Sheet(where, reader, who.seen(), tuple(hrefs)))

    def _look(self, who: Visitor, *paths: str, stage: str) -> None:
        for path in paths:
            who.open(path)
            self._keep(who, f"{path} ({stage})")

    def _before(self, rik: Resident) -> None:
        self._look(rik, "/", "/vragen/", "/vragen/?klaar=ja", "/berichten/", "/stel-uw-vraag/", stage="nothing asked")
        rik.press("Stuur uw vraag")
        self._keep(rik, "the form, sent empty")

    def _ask(self, rik: Resident) -> None:
        self.number = rik.ask(QUESTION, wish=WISH)
        self._keep(rik, "the confirmation")
        self._look(rik, "/", "/vragen/", self._page, "/berichten/", stage="asked")

    @property
    def _page(self) -> str:
        return f"/vragen/{self.number}/"

    def _in_the_house(self, jan: Employee) -> None:
        self._look(jan, "/werk/", "/werk/doel/", "/werk/gesprek/", "/werk/zoek/", stage="asked")
        jan.open_question(self.number)
        jan.take_up()
        jan.add_note(NOTE)
        self._keep(jan, "the conversation")
        for way in ("Rond af", "Geef door"):
            jan.open_question(self.number)
            jan.follow(way)
            self._keep(jan, way)
        jan.find(RESIDENT)
        self._keep(jan, "found")
        jan.press(f"Open {SHORT}")
        self._keep(jan, "the resident")

    def _asked_back(self, rik: Resident, jan: Employee) -> None:
        jan.open_question(self.number)
        jan.ask_resident(BACK, needs=NEEDS, via="MijnGroningen")
        self._look(rik, "/", "/vragen/", self._page, stage="waits for the resident")
        rik.open_question(self.number)
        rik.press("Verstuur")
        self._keep(rik, "the answer, sent empty")
        rik.write_on(REPLY)
        self._keep(rik, "the answer, sent")

    def _answered(self, rik: Resident, jan: Employee) -> None:
        jan.open_question(self.number)
        jan.answer(ANSWER, via="MijnGroningen")
        self._look(rik, "/", self._page, "/berichten/", stage="answered")

    def _closed_and_again(self, rik: Resident, jan: Employee) -> None:
        jan.close(self.number, outcome="Opgelost", words=CLOSING, via="E-mail")
        self._look(rik, "/", self._page, "/vragen/?klaar=ja", stage="closed")
        rik.open_question(self.number)
        rik.say_not_solved(AGAIN)
        self._keep(rik, "said that it is not solved")
        self._look(rik, "/", self._page, stage="runs again")
        jan.open_question(self.number)
        jan.answer(LAST, via="E-mail")
        self._keep(jan, "the conversation, at the end")

    def _around(self, rik: Resident) -> None:
        self._look(rik, "/gegevens/", "/wie-keek/", "/toegankelijkheid/", stage="own data")
        self._look(rik, FOREIGN, "/bestaat-niet/", "/werk/", stage="elsewhere")
        somebody = self._town.visitor()
        self._look(somebody, "/stel-uw-vraag/", "/toegankelijkheid/", stage="not logged in")
        somebody.press_expired("/stel-uw-vraag/", "Stuur uw vraag")
        self._keep(somebody, "the form, open too long")

    def _mails(self) -> list[Mail]:
        self._post.wait_for_mail(ADDRESS, about=LAST)
        return self._post.received(ADDRESS)
