"""People at a screen. Their methods read as what somebody does; each works on the page as a browser shows it."""

import re
from dataclasses import dataclass
from datetime import date

from playwright.sync_api import Locator, Page, Request

NUMBER = re.compile(r"\b20\d\d-\d{5,}\b")


@dataclass(frozen=True)
class Screen:
    """The size of a screen, in CSS pixels."""

    width: int
    height: int


SMALLEST = Screen(320, 640)
PHONE = Screen(390, 844)
DESK = Screen(1280, 800)


class Traffic:
    """What a browser fetched for a page and what it complained of, since the last time that was forgotten."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        self.complaints: list[str] = []
        page.on("requestfinished", lambda request: self.requests.append(request))
        page.on("requestfailed", self._complain)
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _complain(self, request: Request) -> None:
        # What was on its way when somebody left the page is cut off by that.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.url}: {request.failure}")

    @property
    def size(self) -> int:
        """Return how many bytes came over the line, heads and bodies."""
        sizes = [request.sizes() for request in self.requests]
        return sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)

    def forget(self) -> None:
        """Begin anew."""
        self.requests.clear()
        self.complaints.clear()


class Visitor:
    """Somebody with a browser of their own, not logged in."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self._address = page, address
        self.traffic = Traffic(page)

    def open(self, path: str) -> int:
        """Go to an address of the product; return the status of the answer."""
        answer = self.page.goto(f"{self._address}{path}")
        assert answer is not None
        return answer.status

    def weighs(self, path: str) -> int:
        """Go to an address as if for the first time; return how many bytes came over the line, heads and bodies."""
        line = self.page.context.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self.traffic.forget()
        self.open(path)
        self.page.wait_for_load_state("networkidle")  # a font may come after the page
        return self.traffic.size

    def log_in_as(self, name: str) -> None:
        """Log in as somebody of the demonstration, by the name on the button."""
        self.open("/inloggen/")
        self._go_by(self.page.get_by_role("button").filter(has=self.page.get_by_text(name, exact=True)))

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self._address)

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def reads(self) -> str:
        """Return the words in the main part of the page, as they are shown."""
        return self.main.inner_text()

    def seen(self) -> str:
        """Return the words of the whole page, for the report of a failure."""
        return self.page.locator("body").inner_text()

    def press(self, name: str) -> None:
        """Press a button in the main part of the page, by its words."""
        self._go_by(self.main.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Follow a link in the main part of the page, by its words."""
        self._go_by(self.main.get_by_role("link", name=name, exact=True).first)

    def _go_by(self, way: Locator) -> None:
        # Without JavaScript each button and link is a new page; wait until it is there, so that nobody reads the old one.
        with self.page.expect_navigation():
            way.click()

    def fill(self, label: str, words: str) -> None:
        """Fill in a field in the main part of the page, by its label."""
        self.main.get_by_label(label, exact=True).fill(words)

    def ask(self, text: str, *, wish: str = "", email: str = "", name: str = "") -> str:
        """Ask a question with the form; return its number from the confirmation."""
        self.open("/stel-uw-vraag/")
        self.page.locator("#id_text").fill(text)
        self.page.locator("#id_wish").fill(wish)
        if email:
            self.page.locator("#id_email").fill(email)
        if name:
            self.page.locator("#id_name").fill(name)
        self.press("Stuur uw vraag")
        return self.number_here()

    def press_expired(self, path: str, button: str) -> None:
        """Open a form, and send it when it was open too long: what made it ours is gone."""
        self.open(path)
        self.page.context.clear_cookies()
        self.press(button)

    def number_here(self) -> str:
        """Return the question number that the page names."""
        found = NUMBER.search(self.reads())
        assert found, self.reads()
        return found[0]


class Resident(Visitor):
    """A resident or business, logged in to MijnGroningen."""

    def open_question(self, number: str) -> None:
        """Open the page of a question of their own."""
        self.open(f"/vragen/{number}/")

    def write_on(self, text: str) -> None:
        """Write on in the question that is open."""
        self.fill("Uw bericht", text)
        self.press("Verstuur")

    def say_not_solved(self, text: str) -> None:
        """Say that the open question is not solved."""
        self.page.get_by_text("Is uw vraag niet opgelost?").click()
        self.page.locator("#waarom").fill(text)
        self.press("Mijn vraag is niet opgelost")

    def timeline(self) -> list[str]:
        """Return what happened in the open question, newest first, each as it is shown."""
        return self.page.locator(".mg-timeline > li").all_inner_texts()


class Employee(Visitor):
    """Somebody who works here, logged in to the workspace."""

    def open_question(self, number: str) -> None:
        """Open a conversation; chooses for what, the first time."""
        self.open(f"/werk/vraag/{number}/")
        if self.path.startswith("/werk/doel/"):
            self.press("Ga verder")

    def find(self, words: str) -> None:
        """Search for a resident or business."""
        self.open("/werk/zoek/")
        self.page.locator("#id_q").fill(words)
        self.press("Zoek")

    def take_up(self) -> None:
        """Become the one who helps with the open question."""
        self.press("Neem deze vraag")

    def answer(self, text: str, *, via: str) -> None:
        """Answer the open question; promises that are found in the words are recorded."""
        self.fill("Uw antwoord", text)
        self.page.get_by_label("Antwoord via").select_option(label=via)
        self.press("Verstuur")
        self.send_all_the_same()
        if self.page.locator("#gevonden").count():
            self.press("Verstuur")

    def send_all_the_same(self) -> None:
        """Send what was held back because this resident heard from us just now; the earlier message was shown."""
        button = self.main.get_by_role("button", name="Toch versturen", exact=True)
        if button.count():
            self._go_by(button)

    def ask_resident(self, text: str, *, needs: str, via: str) -> None:
        """Ask the resident for something that is missing in the open question."""
        self.fill("Uw antwoord", text)
        self.page.get_by_label("Antwoord via").select_option(label=via)
        self.page.get_by_text("Vraag iets aan de inwoner").click()
        self.fill("Wat heeft u van de inwoner nodig?", needs)
        self.press("Verstuur als vraag")
        self.send_all_the_same()

    def add_note(self, text: str) -> None:
        """Write a note for colleagues in the open question."""
        self.page.locator("#notitie").fill(text)
        self.press("Bewaar notitie")

    def remember(self, words: str) -> None:
        """Keep a message of the open question as what nobody has to ask again: the one that says these words."""
        message = self.page.locator(".wp-msg--in").filter(has_text=words)
        message.get_by_text("Onthoud dit").click()
        self._go_by(message.get_by_role("button", name="Bewaar", exact=True))

    def change_urgency(self, to: str, *, reason: str) -> None:
        """Change how urgent the open question is."""
        self.page.get_by_text("Verander de haast").click()
        form = self.page.locator("form[action$='/haast/']")
        form.get_by_label("Hoe dringend is het?").select_option(label=to)
        form.get_by_label("Waarom?").fill(reason)
        self._go_by(form.get_by_role("button", name="Bewaar"))

    def hand_over(self, number: str, *, to: str, reason: str, person: str = "", words: str = "") -> None:
        """Hand a question to another team, or to a person in it; `words` are what the resident reads of it."""
        self.open_question(number)
        self.follow("Geef door")
        self.page.get_by_label("Naar welk team?").select_option(label=to)
        if person:
            self.press("Toon het team")
            self.page.get_by_label("Naar wie?").select_option(label=person)
        self.fill("Waarom geeft u door?", reason)
        self.page.locator("#id_words").fill(words)
        self.press("Geef door")
        self.send_all_the_same()

    def merge(self, number: str, other: str) -> None:
        """Put another question into this one."""
        self.open_question(number)
        self.follow("Samenvoegen")
        self.fill("Of vul een vraagnummer in", other)
        self.press("Bekijk samen")
        self.press("Voeg samen")

    def ask_partner(self, partner: str, asked: str) -> None:
        """Ask a partner to do a part of the open question; the resident agreed."""
        self.page.get_by_text("Vraag een team of partner").click()
        form = self.page.locator("form[action$='/taak/']")
        value = form.locator("option").filter(has_text=partner).get_attribute("value")
        form.get_by_label("Aan wie vraagt u het?").select_option(value)
        form.get_by_label("Wat vraagt u?").fill(asked)
        form.get_by_label("De inwoner weet dit en vindt het goed").check()
        self._go_by(form.get_by_role("button", name="Vraag de taak"))

    def note_partner_answer(self, words: str) -> None:
        """Note what a partner answered to the task in the open question."""
        self.page.get_by_text("Noteer het antwoord").click()
        self.fill("Wat zei de partner?", words)
        self.press("Klaar")

    def close(self, number: str, *, outcome: str, words: str, via: str) -> None:
        """End a question with an outcome, in words for the resident."""
        self.open_question(number)
        self.follow("Rond af")
        self.page.get_by_label(outcome, exact=True).check()
        self.page.locator("#id_text").fill(words)
        self.page.get_by_label("Stuur dit via").select_option(label=via)
        self.press("Rond af")
        self.send_all_the_same()

    def plan_leave(self, name: str, begins: date, ends: date, *, cover: str) -> None:
        """Note as a team lead that somebody goes away, and who covers."""
        self.open("/werk/team/verlof/")
        self.page.get_by_label("Wie is er weg?").select_option(label=name)
        self.fill("Eerste dag", begins.isoformat())
        self.fill("Laatste dag", ends.isoformat())
        self.page.get_by_label("Wie vervangt?").select_option(label=cover)
        self.press("Bewaar")

    def cancel_leave(self, name: str) -> None:
        """Note as a team lead that somebody is back."""
        self.open("/werk/team/verlof/")
        away = self.page.locator("tbody tr").filter(has=self.page.locator("td:first-child", has_text=name))
        self._go_by(away.get_by_role("button"))

    def note_contact(
        self, channel: str, text: str, *, who: str = "", thread: str = "", reply: str = "", email: str = ""
    ) -> str:
        """Note what somebody says by phone, at a desk or by letter; return the number that the page tells to pass on.

        `who` is a search that finds one person, `email` the address of somebody whom we do not know; `thread` is the title of
        the question that it belongs to, `reply` how they want to be answered.
        """
        self.open("/werk/gesprek/")
        self.page.get_by_label(channel, exact=True).check()
        if who:
            self._choose_person(who)
        if email:
            self.page.get_by_text("Gegevens van iemand die wij niet kennen").click()
            self.page.locator("#id_email").fill(email)
        if thread:
            self.page.locator(".wp-note__where label").filter(has_text=thread).locator("input").check()
        self.page.locator("#id_text").fill(text)
        if reply:
            self.page.get_by_label("Hoe wil de inwoner antwoord?").select_option(label=reply)
        self.press("Bewaar en geef door")
        return self.number_here()

    def _choose_person(self, search: str) -> None:
        self.page.locator("#id_q").fill(search)
        self.press("Zoek")
        self.page.locator(".wp-note__who .wp-pick input").first.check()
        self.press("Zoek")

    def thread(self) -> list[str]:
        """Return what stands in the open conversation, oldest first, each as it is shown."""
        return self.page.locator(".wp-thread > li").all_inner_texts()

    def whole_thread(self) -> list[str]:
        """Return all that stands in the open conversation, oldest first; leaves its earliest page open."""
        items, earlier = self.thread(), self.main.get_by_role("link", name="Toon wat er eerder was")
        while earlier.count():
            self._go_by(earlier)
            items = self.thread() + items
        return items
