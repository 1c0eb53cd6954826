"""P3: MijnGroningen at one glance. What research asked of the start page and of a question's own page."""

import re

from playwright.sync_api import FilePayload

from tests.browser.post import Post
from tests.browser.town import Town
from tests.browser.visitor import DESK, PHONE, Resident, Visitor

PHOTO = FilePayload(name="meterkast.png", mimeType="image/png", buffer=bytes.fromhex("89504e470d0a1a0a") + b"\0" * 200)


def top_of(somebody: Visitor, selector: str) -> float:
    """Return how far below the top of the page something stands, in pixels."""
    box = somebody.page.locator(selector).first.bounding_box()
    assert box, f"{selector} is not to be seen"
    return box["y"]


def test_V89_R2_at_one_glance_what_to_do_and_where_to_ask(town: Town) -> None:
    for screen in (PHONE, DESK):
        linda = town.resident("Linda Kuipers", on=screen)
        linda.open("/")
        assert linda.page.locator("h1").inner_text().endswith("mevrouw Kuipers")
        for selector in ("h1", "#vraag", ".mg-today h2", ".mg-today a"):
            assert 0 <= top_of(linda, selector) < screen.height, f"{selector} asks for scrolling"
        assert top_of(linda, ".mg-today") < top_of(linda, ".mg-case")
        assert 1 <= linda.page.locator(".mg-today li").count() <= 3


def test_V89_one_log_in_and_one_entrance(town: Town) -> None:
    linda = town.resident("Linda Kuipers")
    for path in ("/", "/vragen/", "/berichten/", "/stel-uw-vraag/", "/toegankelijkheid/"):
        assert linda.open(path) == 200
        assert linda.path == path
        assert linda.page.locator("header a.mg-brand").get_attribute("href") == "/"


def test_R1_on_a_phone_the_menu_stays_in_sight_and_the_profile_stands_apart_on_the_right(town: Town) -> None:
    linda = town.resident("Linda Kuipers", on=PHONE)
    linda.open("/")
    profile, menu = linda.page.locator(".mg-user").bounding_box(), linda.page.locator(".mg-nav").bounding_box()
    assert profile
    assert menu
    assert profile["x"] + profile["width"] / 2 > PHONE.width / 2
    assert profile["y"] + profile["height"] <= menu["y"]
    linda.page.locator("footer").scroll_into_view_if_needed()
    scrolled = linda.page.locator(".mg-nav").bounding_box()
    assert scrolled
    assert scrolled["y"] >= 0
    assert scrolled["y"] + scrolled["height"] <= PHONE.height


def test_R2_urgency_is_said_in_words_and_in_colour(town: Town) -> None:
    roelof = town.resident("Roelof Hoekstra")
    roelof.open("/vragen/")
    late = roelof.page.locator(".mg-badge--bad").first
    assert late.inner_text() == "Te laat, sorry"
    plain = roelof.page.locator(".mg-card").first
    colour = "one => getComputedStyle(one).backgroundColor"
    assert late.evaluate(colour) != plain.evaluate(colour)


class TestAction:
    """What somebody can do says exactly what, stands at the top and at the question, and is done at once."""

    NEEDS = "Stuur een foto van uw meterkast vóór vrijdag."

    def asked_for_a_photo(self, town: Town) -> tuple[Resident, str]:
        kremer = town.resident("Bouwbedrijf Kremer", on=PHONE)
        number = kremer.ask("Wij zetten een bouwkeet op de Oosterstraat. Is er stroom?")
        jan = town.employee("Jan Mulder")
        jan.open_question(number)
        jan.ask_resident("Wij kijken of het kan.", needs=self.NEEDS, via="MijnGroningen")
        return kremer, number

    def test_R2_R3_R4_it_stands_on_top_and_at_the_question_and_opens_the_upload_at_once(self, town: Town) -> None:
        kremer, number = self.asked_for_a_photo(town)
        kremer.open("/")
        assert kremer.page.get_by_role("heading", name="Dit kunt u nu doen").count() == 1
        assert self.NEEDS in kremer.page.locator(".mg-today").inner_text()
        kremer.follow(self.NEEDS)
        assert kremer.path == f"/vragen/{number}/#reactie"
        assert 0 <= top_of(kremer, "#reactie") < PHONE.height, "the form to send it with is not in sight"
        needed = kremer.page.locator("section", has=kremer.page.locator("#nodig")).inner_text()
        assert self.NEEDS in needed
        for way in ("14 050", "brief", "Harm Buiterplein 1"):
            assert way in needed
        kremer.page.locator("input[type=file]").set_input_files(PHOTO)
        kremer.write_on("Dit is hem.")
        assert "meterkast.png" in kremer.reads()
        kremer.open("/")
        assert self.NEEDS not in kremer.reads()

    def test_R16_R18_R29_the_mail_and_the_page_agree_and_come_once(self, town: Town, post: Post) -> None:
        kremer, number = self.asked_for_a_photo(town)
        address = "planning@kremer.voorbeeld.nl"
        kremer.open_question(number)
        title = kremer.page.locator("h1").inner_text()
        post.send(sender=address, subject="Een hek", text="Mag er ook een hek omheen?")
        post.wait_for_mail(address, about="Een hek")  # what was queued before it has come too
        about_it = [mail for mail in post.received(address) if f"vraagnummer is {number}" in mail.text]
        subjects = [mail.subject for mail in about_it]
        assert subjects == [f"Wij hebben uw vraag: {title}", f"Er is een bericht voor u over: {title}"]
        first, second = (mail.text.split("\n\n")[1] for mail in about_it)
        assert title in first
        assert "U leest het hier" in second
        assert "Wij hebben iets van u nodig." in about_it[1].text
        assert "Wij wachten op u" in kremer.page.locator(".mg-steps [aria-current=step]").inner_text()


def test_R5_no_list_or_section_is_empty(town: Town) -> None:
    for name in ("Linda Kuipers", "De Broodbus van Van Dam"):
        somebody = town.resident(name)
        somebody.open("/")
        lists = somebody.page.locator("main ul, main ol").evaluate_all("all => all.map(one => one.children.length)")
        assert min(lists) > 0
        sections = somebody.page.locator("main section").evaluate_all(
            "all => all.map(one => [one.innerText, one.querySelector('h2').innerText])"
        )
        assert all(len(text) > len(heading) + 10 for text, heading in sections), sections


def test_R6_R7_home_shows_what_runs_and_the_rest_stands_apart(town: Town) -> None:
    bilgic, jan = town.resident("Mihailović Bilgiç"), town.employee("Jan Mulder")
    number = bilgic.ask("Hoe vraag ik een geboortekaartje van de stad aan?")
    bilgic.open("/")
    tile = bilgic.page.locator(".mg-case", has=bilgic.page.locator(f"a[href='/vragen/{number}/']"))
    title = tile.locator("h3").inner_text()
    assert re.search(r"[a-z]{3}", title)
    assert number not in tile.inner_text()
    assert re.search(r"Stap \d van 3: ", tile.inner_text())
    jan.close(number, outcome="Uitgelegd", words="Er is geen kaartje van de stad.", via="MijnGroningen")
    bilgic.open("/")
    assert not tile.count()
    bilgic.follow("Alle vragen")
    assert not tile.count()
    bilgic.follow("Bekijk de vragen die klaar zijn")
    assert bilgic.page.locator("h1").inner_text() == "Vragen die klaar zijn"
    assert "Klaar op" in tile.inner_text()


def test_R8_the_status_is_the_first_thing_with_who_is_to_move_and_the_date(town: Town) -> None:
    auke = town.resident("Auke Postma", on=PHONE)
    number = auke.ask("De brug bij ons huis gaat niet meer open.")
    auke.open_question(number)
    first = auke.page.locator("main section").first
    assert first.locator("h2").inner_text() == "Zo ver zijn we"
    now = first.locator("[aria-current=step]")
    assert now.count() == 1
    assert now.inner_text().splitlines() == ["Wij zoeken het uit", "Hier zijn we nu"]
    assert re.search(r"U krijgt antwoord\s+Vóór \w+dag \d+ \w+", first.inner_text())
    assert top_of(auke, "main section [aria-current=step]") < PHONE.height
