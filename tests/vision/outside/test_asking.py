"""P1 and P4: everybody can ask anything, hears at once what happens with it, and can always turn to a person instead."""

import re

import pytest
from playwright.sync_api import FilePayload

from tests.browser.post import ARRIVES_SECONDS, Mail, Post
from tests.browser.town import Town
from tests.browser.visitor import NUMBER, PHONE, SMALLEST, Resident, Visitor

WHO = re.compile(r"Team .+, van .+")
DATE = re.compile(r"vóór (\w+dag \d{1,2} \w+)", re.IGNORECASE)
CALL, VISIT, WRITE = "14 050", "Harm Buiterplein 1", "Postbus 7081"


def date_in(text: str) -> str:
    """Return the day before which we promise to answer."""
    found = DATE.search(text)
    assert found, text
    return found[1]


@pytest.mark.parametrize(
    "text",
    [
        "Het gaat niet goed zo.",
        "asdf qwerty 12345 !!!",
        "متى يمكنني الحصول على جواز سفر جديد؟",
    ],
)
def test_V2_any_question_gets_an_owner_and_a_reply_date(town: Town, text: str) -> None:
    somebody = town.visitor()
    somebody.ask(text, email="iemand@voorbeeld.nl")
    assert WHO.search(somebody.reads())
    assert date_in(somebody.reads())


def test_V73_a_question_for_another_authority_is_taken_in_and_never_sent_away(town: Town) -> None:
    somebody = town.visitor()
    somebody.ask("Ik wacht al maanden op mijn zorgtoeslag van de Belastingdienst.", email="iemand@voorbeeld.nl")
    told = somebody.reads()
    assert WHO.search(told)
    assert date_in(told)
    assert not re.search(r"niet van ons|niet bij ons|verkeerde adres|andere organisatie", told)


def confirmed(post: Post, address: str) -> Mail:
    """Return the confirmation for an address; it must say the number, who helps, and before which day."""
    mail = post.wait_for_mail(address, about="Wij hebben uw vraag")
    assert NUMBER.search(mail.text)
    assert WHO.search(mail.text)
    assert date_in(mail.text)
    return mail


def test_V17_the_form_is_confirmed_within_a_minute(town: Town, post: Post) -> None:
    assert ARRIVES_SECONDS <= 60
    town.visitor().ask("Wanneer wordt het glas opgehaald?", email="v17-form@voorbeeld.nl")
    confirmed(post, "v17-form@voorbeeld.nl")


def test_V17_a_mail_is_confirmed_within_a_minute(post: Post) -> None:
    post.send(sender="v17-mail@voorbeeld.nl", subject="Glasbak", text="Wanneer wordt het glas opgehaald?")
    assert confirmed(post, "v17-mail@voorbeeld.nl").subject == "Wij hebben uw vraag: Glasbak"


@pytest.mark.parametrize("channel", ["Telefoon", "Balie", "Brief"])
def test_V17_what_an_employee_notes_is_confirmed_within_a_minute(town: Town, post: Post, channel: str) -> None:
    address = f"v17-{channel.lower()}@voorbeeld.nl"
    town.employee("Jan Mulder").note_contact(channel, "Wanneer wordt het glas opgehaald?", email=address)
    confirmed(post, address)


def test_R16_R17_page_mail_and_overview_say_the_same_date(town: Town, post: Post) -> None:
    pieter = town.resident("Pieter de Vries")
    number = pieter.ask("De heg bij de speeltuin hangt over het fietspad.")
    page = pieter.reads()
    mail = post.wait_for_mail("pieter.devries@voorbeeld.nl", about=number)
    pieter.open_question(number)
    own_page = pieter.reads()
    pieter.open("/vragen/")
    tile = pieter.page.locator(".mg-case").filter(has=pieter.page.locator(f"a[href='/vragen/{number}/']")).inner_text()
    assert {date_in(text) for text in (page, mail.text, own_page, tile)} == {date_in(page)}
    assert "Wat gebeurt er nu?" in page
    assert f"/vragen/{number}/" in mail.text


def test_R17_each_step_after_that_is_confirmed_too(town: Town) -> None:
    pieter = town.resident("Pieter de Vries")
    number = pieter.ask("De slagboom bij de Hereweg blijft open staan.")
    due = date_in(pieter.reads())
    pieter.open_question(number)
    pieter.write_on("Hij staat nu ook scheef.")
    assert f"Uw bericht is verstuurd. U hoort van ons vóór {due}." in pieter.reads()
    jan = town.employee("Jan Mulder")
    jan.close(number, outcome="Opgelost", words="De slagboom is gemaakt.", via="MijnGroningen")
    pieter.open_question(number)
    pieter.say_not_solved("Hij staat weer open.")
    assert "Uw bericht is verstuurd. U hoort van ons vóór" in pieter.reads()


def offers_a_person(somebody: Visitor) -> bool:
    """Tell whether somebody can leave the form for a person: by phone, at a desk."""
    phone = somebody.page.locator("a[href='tel:14050']")
    return phone.first.is_visible() and CALL in somebody.seen() and VISIT in somebody.seen()


class TestV46:
    """A way out of every form to a person, at every step, with what one wrote kept."""

    TEXT = "Mijn moeder van 84 moet verhuizen en ik weet niet waar te beginnen."

    def test_V46_from_the_overview_to_the_form(self, town: Town) -> None:
        auke = town.resident("Auke Postma", on=PHONE)
        auke.open("/")
        assert offers_a_person(auke)
        auke.page.locator("#vraag").fill(self.TEXT)
        auke.press("Ga verder")
        assert auke.page.locator("#id_text").input_value() == self.TEXT
        assert offers_a_person(auke)
        assert WRITE in auke.seen()

    def test_V46_with_a_mistake_in_the_form(self, town: Town) -> None:
        somebody = town.visitor()
        somebody.open("/stel-uw-vraag/")
        somebody.page.locator("#id_text").fill(self.TEXT)
        somebody.page.locator("#id_wish").fill("Iemand die meedenkt")
        somebody.press("Stuur uw vraag")
        assert "Uw vraag is nog niet verstuurd" in somebody.reads()
        assert somebody.page.locator("#id_text").input_value() == self.TEXT
        assert somebody.page.locator("#id_wish").input_value() == "Iemand die meedenkt"
        assert offers_a_person(somebody)

    def test_V46_when_the_form_was_open_too_long(self, town: Town) -> None:
        somebody = town.visitor()
        somebody.open("/stel-uw-vraag/")
        somebody.page.locator("#id_text").fill(self.TEXT)
        somebody.page.context.clear_cookies()
        somebody.press("Stuur uw vraag")
        assert somebody.page.get_by_label("Uw tekst").input_value() == self.TEXT
        assert offers_a_person(somebody)

    def test_V46_after_sending_the_number_is_there_to_tell_a_person(self, town: Town) -> None:
        somebody = town.visitor()
        number = somebody.ask(self.TEXT, email="v46@voorbeeld.nl")
        assert offers_a_person(somebody)
        jan = town.employee("Jan Mulder")
        jan.open_question(number)
        assert self.TEXT in "\n".join(jan.thread())

    def test_V46_in_a_reply(self, town: Town) -> None:
        auke = town.resident("Auke Postma", on=PHONE)
        number = auke.ask("Kan ik een boot huren voor mijn bruiloft?")
        auke.open_question(number)
        assert offers_a_person(auke)
        wrong = FilePayload(name="boot.exe", mimeType="application/octet-stream", buffer=b"MZ\x90\x00" * 64)
        auke.page.locator("input[type=file]").set_input_files(wrong)
        auke.fill("Uw bericht", self.TEXT)
        auke.press("Verstuur")
        assert "Wij kunnen “boot.exe” niet openen." in auke.reads()
        assert auke.page.locator("#id_text").input_value() == self.TEXT
        assert offers_a_person(auke)


class TestV13:
    """On any phone, at a slow line, at any hour (the hour: see `inside/test_at_night.py`)."""

    SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 20_000}
    HEAVIEST = 150_000
    LIGHTEST = 10_000  # below it, the stylesheets were not counted

    def test_V13_on_320_pixels_and_a_slow_line_one_asks_and_follows(self, town: Town) -> None:
        anna = town.resident("Anna Hoekstra-Bos", on=SMALLEST)
        line = anna.page.context.new_cdp_session(anna.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", self.SLOW)
        number = anna.ask("De container op de hoek is vol.", wish="Dat hij vaker wordt geleegd.")
        anna.follow("Bekijk uw vraag")
        assert anna.path == f"/vragen/{number}/"
        assert "Dat hij vaker wordt geleegd." in anna.reads()

    def test_V13_no_page_weighs_more_than_150_kB_even_the_first(self, town: Town) -> None:
        linda = town.resident("Linda Kuipers", on=SMALLEST)
        paths = ["/", "/vragen/", "/berichten/", "/stel-uw-vraag/", "/toegankelijkheid/", "/weg/"]
        weights = {path: linda.weighs(path) for path in [*paths, self._a_thread(linda)]}
        assert max(weights.values()) <= self.HEAVIEST, weights
        assert min(weights.values()) > self.LIGHTEST, weights

    def _a_thread(self, who: Resident) -> str:
        who.open("/vragen/")
        return str(who.page.locator(".mg-case h3 a").first.get_attribute("href"))
