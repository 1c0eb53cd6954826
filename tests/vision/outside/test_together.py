"""Colleagues in one conversation: they see each other and what is new at once, and never save over each other."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.town import PATIENCE_MILLISECONDS, Town
from tests.browser.visitor import NUMBER, Employee
from tests.browser.waiting import wait_for
from tests.faults.killing import kill, parts_of

COMPOSER = "#antwoord textarea[name=text]"
# What comes by itself takes as long as the machine is busy.
expect.set_options(timeout=PATIENCE_MILLISECONDS)
BACK_SECONDS = 60


@pytest.fixture
def number(town: Town) -> str:
    return town.resident("Roelof Hoekstra").ask("De stoep voor ons huis ligt los.")


@pytest.fixture
def jan(town: Town, number: str) -> Employee:
    jan = town.employee("Jan Mulder", javascript=True)
    jan.open_question(number)
    return jan


def colleague(town: Town, number: str, *, javascript: bool = False) -> Employee:
    ali = town.employee("Ali Haddou", javascript=javascript)
    ali.open_question(number)
    return ali


def write_on(town: Town, number: str, text: str) -> None:
    roelof = town.resident("Roelof Hoekstra")
    roelof.open_question(number)
    roelof.write_on(text)


class TestWhatIsNew:
    def test_a_message_appears_without_reload_and_leaves_alone_what_one_types(
        self, town: Town, jan: Employee, number: str
    ) -> None:
        composer = jan.page.locator(COMPOSER)
        composer.press_sequentially("Beste meneer")
        write_on(town, number, "Mijn vrouw is net gevallen.")
        expect(jan.page.locator(".wp-thread > li.is-new").last).to_contain_text("Mijn vrouw is net gevallen.")
        expect(jan.page.locator("#nieuw")).to_contain_text("Nieuw bericht van de inwoner.")
        expect(composer).to_be_focused()
        composer.press_sequentially(" Hoekstra, bedankt.")
        expect(composer).to_have_value("Beste meneer Hoekstra, bedankt.")

    def test_who_saw_it_may_answer_and_who_did_not_gets_it_shown_first(
        self, town: Town, jan: Employee, number: str
    ) -> None:
        jan.page.locator(COMPOSER).fill("Bedankt voor uw bericht.")
        write_on(town, number, "Het is opeens erger.")
        expect(jan.page.locator("#nieuw")).to_contain_text("Nieuw bericht")
        jan.press("Verstuur")
        assert "Bekijk eerst wat er nieuw is." in jan.reads()
        expect(jan.page.locator(COMPOSER)).to_have_value("Bedankt voor uw bericht.")
        write_on(town, number, "En er ligt glas.")
        jan.page.locator("#nieuw").get_by_role("button", name="Toon").click()
        jan.press("Verstuur")
        jan.send_all_the_same()
        assert "Bedankt voor uw bericht." in "\n".join(jan.thread())

    def test_a_mail_appears_too(self, town: Town, post: Post) -> None:
        town.visitor().ask("De boom voor ons huis staat scheef.", email="boom@voorbeeld.nl", name="Bo Boom")
        confirmed = post.wait_for_mail("boom@voorbeeld.nl")
        jan = town.employee("Jan Mulder", javascript=True)
        found = NUMBER.search(f"{confirmed.subject}\n{confirmed.text}")
        assert found
        jan.open_question(found[0])
        post.send(sender="boom@voorbeeld.nl", text="Hij kraakt nu ook.", answers=confirmed)
        expect(jan.page.locator(".wp-thread > li.is-new").last).to_contain_text("Hij kraakt nu ook.")

    def test_the_queue_says_that_it_changed_and_changes_when_asked(self, town: Town) -> None:
        jan = town.employee("Jan Mulder", javascript=True)
        jan.open("/werk/?rij=mine")
        count = jan.page.locator(".wp-tabs a").first
        before = count.inner_text()
        other = town.employee("Jan Mulder")
        number = town.resident("Roelof Hoekstra").ask("De put voor ons huis loopt over.")
        other.open_question(number)
        other.take_up()
        expect(count).not_to_have_text(before)
        assert not jan.page.locator(f".wp-item[href='/werk/vraag/{number}/']").count()
        jan.page.locator("#rij-nieuw").get_by_role("button", name="Toon").click()
        expect(jan.page.locator(f".wp-item[href='/werk/vraag/{number}/']")).to_be_visible()


class TestCompany:
    def test_a_second_viewer_and_a_second_writer_are_seen(self, town: Town, jan: Employee, number: str) -> None:
        ali = colleague(town, number, javascript=True)
        here = jan.page.locator("#hier")
        expect(here).to_contain_text("Ali Haddou kijkt ook")
        expect(ali.page.locator("#hier")).to_contain_text("Jan Mulder kijkt ook")
        ali.page.locator(COMPOSER).press_sequentially("Beste meneer Hoekstra,")
        expect(here).to_contain_text("Ali Haddou schrijft een antwoord")
        ali.page.locator(COMPOSER).fill("")
        ali.open("/werk/")

    def test_who_leaves_is_no_longer_shown(self, town: Town, jan: Employee, number: str) -> None:
        ali = colleague(town, number, javascript=True)
        expect(jan.page.locator("#hier")).to_contain_text("Ali Haddou kijkt ook")
        ali.open("/werk/")
        expect(jan.page.locator("#hier")).not_to_contain_text("Ali Haddou")

    def test_without_javascript_it_stands_on_the_page(self, town: Town, jan: Employee, number: str) -> None:
        jan.page.locator(COMPOSER).press_sequentially("Beste meneer Hoekstra,")
        expect(jan.page.locator("#bewaard")).to_have_text("Bewaard")
        assert "Jan Mulder schrijft een antwoord" in colleague(town, number).reads()

    def test_what_one_writes_is_there_on_another_screen(self, town: Town, jan: Employee, number: str) -> None:
        jan.page.locator(COMPOSER).press_sequentially("Bedankt, wij lazen het.")
        expect(jan.page.locator("#bewaard")).to_have_text("Bewaard")
        elsewhere = town.employee("Jan Mulder")
        elsewhere.open_question(number)
        assert elsewhere.page.locator(COMPOSER).input_value() == "Bedankt, wij lazen het."


def test_two_who_answer_at_once_do_not_save_over_each_other(town: Town, number: str) -> None:
    jan = town.employee("Jan Mulder")
    jan.open_question(number)
    ali = colleague(town, number)
    jan.answer("Bedankt voor uw bericht.", via="MijnGroningen")
    ali.answer("Dank u, wij lazen het.", via="MijnGroningen")
    assert ali.page.locator(COMPOSER).input_value() == "Dank u, wij lazen het."
    assert "Bedankt voor uw bericht." in "\n".join(ali.thread())
    assert "Dank u, wij lazen het." not in "\n".join(ali.thread())


class TestTheLine:
    @pytest.fixture
    def asked(self, town: Town, jan: Employee) -> Iterator[list[str]]:
        lines: list[str] = []

        def note(request: Request) -> None:
            if request.url.endswith("/live/"):
                lines.append(request.url)

        jan.page.context.on("request", note)
        yield lines
        jan.page.context.remove_listener("request", note)

    def test_one_line_for_all_tabs_and_the_next_tab_takes_over(
        self, town: Town, jan: Employee, number: str, asked: list[str]
    ) -> None:
        first = jan.page
        second = first.context.new_page()
        second.goto(first.url)
        write_on(town, number, "Eerste bericht.")
        for page in (first, second):
            expect(page.locator(".wp-thread")).to_contain_text("Eerste bericht.")
        assert len(asked) <= 1, "the second tab opened a line of its own"
        opened = len(asked)
        first.goto("about:blank")
        write_on(town, number, "Tweede bericht.")
        expect(second.locator(".wp-thread")).to_contain_text("Tweede bericht.")
        assert len(asked) > opened
        second.close()

    def test_killed_it_comes_back_and_what_was_missed_is_shown(
        self, town: Town, product: Product, jan: Employee, number: str
    ) -> None:
        _hears(jan.page, town, number, "Vóór de storing.")
        assert kill(product, "live")
        write_on(town, number, "Tijdens de storing.")
        wait_for(lambda: parts_of(product, "live"), seconds=BACK_SECONDS, what="live process")
        expect(jan.page.locator(".wp-thread")).to_contain_text("Tijdens de storing.")
        _hears(jan.page, town, number, "Na de storing.")


def _hears(page: Page, town: Town, number: str, text: str) -> None:
    write_on(town, number, text)
    expect(page.locator(".wp-thread")).to_contain_text(text)


class TestKeys:
    def test_they_are_listed_on_the_question_mark_and_do_what_it_says(self, jan: Employee) -> None:
        jan.page.keyboard.press("?")
        expect(jan.page.locator("#toetsen")).to_be_visible()
        jan.page.keyboard.press("Escape")
        jan.page.keyboard.press("a")
        expect(jan.page.locator(COMPOSER)).to_be_focused()
        jan.page.keyboard.type("doe?")
        expect(jan.page.locator(COMPOSER)).to_have_value("doe?")
        jan.page.locator(COMPOSER).fill("")
        jan.page.locator("h2").first.click()
        jan.page.keyboard.press("d")
        jan.page.wait_for_url("**/doorgeven/")

    def test_they_can_be_switched_off(self, jan: Employee) -> None:
        jan.open("/werk/toetsen/")
        box = jan.main.get_by_label("Gebruik sneltoetsen in deze browser")
        box.uncheck()
        jan.page.locator("h1").click()
        jan.page.keyboard.press("?")
        expect(jan.page.locator("#toetsen")).to_be_hidden()
        box.check()
        jan.page.locator("h1").click()
        jan.page.keyboard.press("?")
        expect(jan.page.locator("#toetsen")).to_be_visible()

    def test_without_javascript_they_are_a_page(self, town: Town) -> None:
        jan = town.employee("Jan Mulder")
        jan.open("/werk/")
        jan.page.get_by_role("link", name="Sneltoetsen").click()
        assert "Schrijf een antwoord" in jan.reads()


def test_next_gives_two_people_two_questions(town: Town) -> None:
    roelof = town.resident("Roelof Hoekstra")
    for _ in range(2):
        roelof.ask("Ik heb een vraag over iets heel anders.")
    taken = []
    for name in ("Jan Mulder", "Jan Mulder"):
        employee = town.employee(name)
        employee.open("/werk/")
        employee.press("Neem de volgende")
        taken.append(employee.path)
    assert len(set(taken)) == 2
    assert all(path.startswith("/werk/vraag/") for path in taken)


def test_a_colleague_called_by_name_finds_it_for_them(town: Town, number: str) -> None:
    jan = town.employee("Jan Mulder")
    jan.open_question(number)
    jan.add_note("@Fenna Bakker kun jij hier iets over zeggen?")
    fenna = town.employee("Fenna Bakker")
    fenna.open("/werk/")
    fenna.main.locator(f"section:has(#voor-u) a[href='/werk/vraag/{number}/']").click()
    if fenna.path.startswith("/werk/doel/"):
        fenna.press("Ga verder")
    assert "kun jij hier iets over zeggen?" in "\n".join(fenna.thread())
    fenna.open("/werk/")
    assert not fenna.main.locator(f"a[href='/werk/vraag/{number}/']").count()


def test_a_followed_question_and_a_kept_choice_are_found_again(town: Town, number: str) -> None:
    jan = town.employee("Jan Mulder")
    jan.open_question(number)
    jan.press("Volg")
    jan.open("/werk/?rij=followed")
    assert jan.page.locator(f".wp-item[href='/werk/vraag/{number}/']").count() == 1
    jan.open("/werk/?rij=team")
    jan.follow("Kies uit de rij")
    jan.page.get_by_label("Kanaal").select_option(label="aan de balie")
    jan.page.locator("#keuze").fill("Balie")
    jan.press("Toon")
    assert not jan.page.locator(f".wp-item[href='/werk/vraag/{number}/']").count()
    jan.open("/werk/")
    jan.follow("Balie")
    assert "kanaal=desk" in jan.path
