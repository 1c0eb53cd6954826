"""A bill that is really about debt: one question through three departments and a partner, told once (V25 … V78).

What time brings is brought at once: `Product.do` moves dates of this one question into the past and runs what the clock runs.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.browser.post import Post
from tests.browser.product import Product
from tests.browser.town import Town
from tests.browser.visitor import Employee, Resident

RESIDENT, ADDRESS = "Ayşe Yılmaz", "a.yilmaz@voorbeeld.nl"
TAXES, CARE, DEBTS = "Hanna Veenstra", "Fenna Bakker", "Noor Visser"
LEAD = "Sjoerd Wiersma"
DEBTS_PHONE, LEAD_PHONE = "050 123 45 75", "050 123 45 81"
GKB = "Groningse Kredietbank (GKB)"

QUESTION = (
    "Ik kreeg een aanslag van 612 euro van de gemeente. Dat geld heb ik niet. "
    "Mijn man overleed in mei en ik heb alleen mijn AOW."
)
NOTE = "Haar buurvrouw belde ook: zij slaapt er slecht van."
WHY_URGENT = "Morgen komt er een boete bij."
PROMISE = "Ik bel u binnen een week over alle rekeningen"
HANNA_SAYS = f"Beste mevrouw Yılmaz, u hoeft deze rekening nu niet te betalen. {PROMISE}. Groet, Hanna Veenstra."
TO_DEBTS = "Dit is meer dan één rekening: er zijn schulden."
HANNA_INTRODUCES = "Noor Visser helpt u verder. Zij heeft uw hele verhaal."
SECOND = "Er ligt weer een rekening, nu van de zorgverzekeraar. Dat is al de vierde schuld. Kunt u mij helpen met mijn schulden?"
TO_GKB = "Kunt u de vier rekeningen samenvoegen tot één lening?"
GKB_SAYS = "Dat kan. Het wordt 50 euro per maand."
TO_CARE = "Er staat ook een eigen bijdrage open voor hulp in huis."
FENNA_NOTES = "De eigen bijdrage is kwijtgescholden per mei."
BACK_TO_DEBTS = "De eigen bijdrage is weg. Nu alleen de lening nog."
SOLUTION = "Uw vier rekeningen zijn nu één bedrag. U betaalt 50 euro per maand."
NOT_SOLVED = "De zorgverzekeraar stuurde toch een aanmaning."
SJOERD_SAYS = "Beste mevrouw Yılmaz, die aanmaning was een fout. De verzekeraar trok hem in. Groet, Sjoerd Wiersma."
AT_LAST = "De verzekeraar bevestigde het per brief. Alles is nu geregeld."
PRAISE = "Ik hoefde het maar één keer te vertellen."

# For colleagues only: who moves it, why, and what is asked of whom.
INTERNAL = (NOTE, TO_DEBTS, TO_GKB, GKB_SAYS, TO_CARE, FENNA_NOTES, BACK_TO_DEBTS, "gaf de vraag", "nam de vraag aan")

WATCH = """
from datetime import timedelta
from gemeente.access.types import system
from gemeente.contact.commands.follow_up import ask_how_questions_went
from gemeente.contact.commands.promise import note_broken_promises
from gemeente.contact.commands.watch import note_late_questions
from gemeente.contact.models import FollowUp, Promise, Question
from gemeente.kernel import clock
question = Question.objects.get(number="{number}")
mine, clerk = Question.objects.filter(id=question.id), system("De klok")
"""
PROMISE_PASSES = """
Promise.objects.filter(question=question.id).update(due_at=clock.now() - timedelta(minutes=1))
note_broken_promises(actor=clerk)
"""
ANSWER_DATE_PASSES = """
mine.update(answer_due=clock.now() - timedelta(days=1))
note_late_questions(actor=clerk)
"""
# She is asked once a fortnight: what we asked her about earlier questions is longer ago by then.
WEEK_PASSES = """
ask_how_questions_went(actor=clerk)
FollowUp.objects.filter(party=question.party).update(decided_at=clock.now() - timedelta(days=20))
mine.update(closed_at=question.closed_at - timedelta(days=7))
ask_how_questions_went(actor=clerk)
"""


def answer_date(somebody: Employee) -> str:
    """Return the day before which the open question is answered, as it stands there."""
    found = re.search(r"Antwoord vóór (\w+ \d+ \w+)", somebody.reads())
    assert found
    return found[1]


@dataclass
class Story:
    """Her question as it goes from hand to hand; `second` is the one that is merged into it.

    `said` is what everybody told so far, oldest first; `due` the day before which she hears from us.
    """

    town: Town
    post: Post
    product: Product
    number: str = ""
    second: str = ""
    title: str = ""
    due: str = ""
    said: list[str] = field(default_factory=list)

    def her_page(self) -> Resident:
        """Open her own page of the question; nothing of the house ever stands there, and there is one question."""
        ayse = self.town.resident(RESIDENT)
        ayse.open_question(self.number)
        assert not [words for words in INTERNAL if words in ayse.reads()]
        return ayse

    def desk_of(self, name: str) -> Employee:
        """Open the question at a colleague's desk: all that came before stands there, and what she told stands beside it."""
        somebody = self.town.employee(name)
        somebody.open_question(self.number)
        beside = somebody.page.locator("#verteld").inner_text()
        assert QUESTION in beside or self.said == [QUESTION]
        thread = "\n".join(somebody.whole_thread())
        places = [thread.index(words) for words in self.said]
        assert places == sorted(places)
        assert "moest dit opnieuw vertellen" not in thread
        somebody.open_question(self.number)
        return somebody

    def same_date_and_haste(self, somebody: Employee) -> None:
        """See that no hand-over moved the answer date or lost the urgency."""
        assert f"Antwoord vóór {self.due}" in somebody.reads()
        assert WHY_URGENT in somebody.page.locator("#inwoner").inner_text()

    def whom_to_call(self, ayse: Resident) -> str:
        """Return whom her page tells her to call."""
        return ayse.page.locator("section[aria-labelledby=contact]").inner_text()

    def passes(self, code: str) -> None:
        """Let time pass for this question."""
        self.product.do(WATCH.format(number=self.number) + code)

    def she_asks_about_a_bill(self) -> None:
        ayse = self.town.resident(RESIDENT)
        self.number = ayse.ask(QUESTION)
        self.said.append(QUESTION)
        ayse.open_question(self.number)
        self.title = ayse.page.locator("h1").inner_text()

    def the_front_desk_remembers_it_for_all(self) -> None:
        jan = self.desk_of("Jan Mulder")
        jan.remember(QUESTION)
        jan.change_urgency("Vandaag", reason=WHY_URGENT)
        jan.add_note(NOTE)
        self.said.append(NOTE)
        self.due = answer_date(jan)

    def taxes_promise_to_call_and_find_that_it_is_debt(self) -> None:
        hanna = self.desk_of(TAXES)
        self.same_date_and_haste(hanna)
        hanna.take_up()
        hanna.answer(HANNA_SAYS, via="MijnGroningen")
        assert PROMISE in hanna.page.locator("#beloften").inner_text()
        hanna.hand_over(self.number, to="Hulp bij schulden", person=DEBTS, reason=TO_DEBTS, words=HANNA_INTRODUCES)
        self.said += [HANNA_SAYS, TO_DEBTS, HANNA_INTRODUCES]

    def she_has_one_name_to_call(self) -> None:
        ayse = self.her_page()
        assert DEBTS in self.whom_to_call(ayse)
        assert DEBTS_PHONE in self.whom_to_call(ayse)
        assert ayse.page.locator("section[aria-labelledby=contact] .mg-person").count() == 1
        assert PROMISE in ayse.page.locator("section[aria-labelledby=beloofd]").inner_text()

    def debts_put_her_second_mail_with_it(self) -> None:
        noor = self.desk_of(DEBTS)
        self.same_date_and_haste(noor)
        noor.press("Neem aan")
        self.post.send(sender=ADDRESS, subject="Nog een rekening", text=SECOND)
        self.second = self.post.wait_for_mail(ADDRESS, about="Nog een rekening").number
        noor.merge(self.number, self.second)
        # The first one was answered in time; from here the date of the second one counts.
        self.due = answer_date(noor)
        self.said.append(SECOND)
        self.post.wait_for_mail(ADDRESS, about=f"Wij hebben uw vragen samengevoegd: {self.title}")
        ayse = self.her_page()
        assert SECOND in "\n".join(ayse.timeline())
        ayse.open_question(self.second)
        assert ayse.number_here() == self.number

    def a_partner_does_its_part(self) -> None:
        noor = self.desk_of(DEBTS)
        noor.ask_partner(GKB, TO_GKB)
        assert f"Aan zet: {GKB}" in noor.reads()
        assert f"{GKB} is gevraagd mee te kijken" in self.her_page().reads()
        noor.note_partner_answer(GKB_SAYS)
        self.same_date_and_haste(noor)
        assert f"{GKB} heeft meegekeken" in "\n".join(self.her_page().timeline())
        self.said += [TO_GKB, GKB_SAYS]

    def care_does_its_part_and_gives_it_back(self) -> None:
        self.desk_of(DEBTS).hand_over(self.number, to="Hulp in huis en hulpmiddelen", reason=TO_CARE)
        self.said.append(TO_CARE)
        fenna = self.desk_of(CARE)
        self.same_date_and_haste(fenna)
        fenna.press("Neem aan")
        fenna.add_note(FENNA_NOTES)
        fenna.hand_over(self.number, to="Hulp bij schulden", person=DEBTS, reason=BACK_TO_DEBTS)
        self.said += [FENNA_NOTES, BACK_TO_DEBTS]
        noor = self.desk_of(DEBTS)
        self.same_date_and_haste(noor)
        noor.press("Neem aan")
        ayse = self.her_page()
        assert DEBTS_PHONE in self.whom_to_call(ayse)
        assert f"Vóór {self.due}" in ayse.page.locator(".mg-steps").inner_text()
        ayse.open("/vragen/")
        links = [ayse.page.locator(f"a[href='/vragen/{one}/']").count() for one in (self.number, self.second)]
        assert links == [1, 0]

    def we_say_sorry_for_the_broken_promise_before_she_asks(self) -> None:
        self.passes(PROMISE_PASSES)
        sorry = self.post.wait_for_mail(ADDRESS, about=f"Sorry: wij zijn te laat met uw vraag: {self.title}")
        assert PROMISE in sorry.text
        ayse = self.her_page()
        newest, *_ = ayse.timeline()
        assert "Wij hielden een belofte niet. Sorry" in newest
        assert "Dat is niet gelukt. Sorry." in ayse.page.locator("section[aria-labelledby=beloofd]").inner_text()
        assert PROMISE in self.attention("broken")

    def attention(self, kind: str) -> str:
        """Return what the team lead reads of this question in one of the lists."""
        sjoerd = self.town.employee(LEAD)
        sjoerd.open(f"/werk/team/?soort={kind}&team=schuldhulp")
        return "\n".join(sjoerd.page.locator("tbody tr").filter(has_text=self.number).all_inner_texts())

    def her_contact_goes_on_leave_with_cover(self) -> None:
        self.town.employee(LEAD).plan_leave(DEBTS, date.today(), date.today() + timedelta(days=7), cover=LEAD)
        assert f"{LEAD} helpt u: {LEAD_PHONE}" in self.whom_to_call(self.her_page())

    def the_lead_sees_it_late_before_she_does(self) -> None:
        assert not self.attention("late")
        self.passes(ANSWER_DATE_PASSES)
        assert "1 dag te laat" in self.attention("late")
        assert "Te laat, sorry" in self.her_page().reads()

    def the_cover_ends_it_and_she_says_not_solved(self) -> None:
        sjoerd = self.desk_of(LEAD)
        sjoerd.close(self.number, outcome="Opgelost", words=SOLUTION, via="E-mail")
        self.post.wait_for_mail(ADDRESS, about=SOLUTION)
        self.said.append(SOLUTION)
        ayse = self.her_page()
        ayse.say_not_solved(NOT_SOLVED)
        self.said.append(NOT_SOLVED)
        again = self.post.wait_for_mail(ADDRESS, about=f"Wij gaan verder met uw vraag: {self.title}")
        assert f"{LEAD}. U belt: {LEAD_PHONE}." in again.text
        assert NOT_SOLVED in self.attention("not_solved")

    def it_is_solved_in_the_end(self) -> None:
        sjoerd = self.desk_of(LEAD)
        sjoerd.answer(SJOERD_SAYS, via="MijnGroningen")
        self.said.append(SJOERD_SAYS)
        sjoerd.cancel_leave(DEBTS)
        noor = self.desk_of(DEBTS)
        noor.close(self.number, outcome="Opgelost", words=AT_LAST, via="E-mail")
        self.post.wait_for_mail(ADDRESS, about=AT_LAST)
        self.said.append(AT_LAST)

    def she_grades_it_without_logging_in(self) -> None:
        self.passes(WEEK_PASSES)
        asked = self.post.wait_for_mail(ADDRESS, about=f"Hoe ging het? Uw vraag: {self.title}")
        link = re.search(r"/hoe-ging-het/\S+/", asked.text)
        assert link
        somebody = self.town.visitor()
        somebody.open(link[0])
        assert self.number not in somebody.seen()
        for group, choice in (("solved", "ja"), ("grade", "9"), ("again", "nee")):
            somebody.page.locator(f"input[name={group}][value='{choice}']").check()
        somebody.page.locator("#id_text").fill(PRAISE)
        somebody.press("Verstuur")
        assert "Dank u wel" in somebody.reads()

    def who_helped_reads_what_became_of_it(self) -> None:
        for name in (TAXES, DEBTS, LEAD):
            somebody = self.town.employee(name)
            somebody.open("/werk/terug/")
            line = somebody.page.locator(".mg-line").filter(has_text=self.number).inner_text()
            assert "Cijfer 9" in line
            assert PRAISE in line
            assert "1 keer terug" in line
            assert "opnieuw vertellen" not in line


def test_V25_V30_V31_V34_V36_V42_V66_V67_V76_V78_nothing_gets_lost_between_people(
    town: Town, post: Post, product: Product
) -> None:
    story = Story(town, post, product)
    story.she_asks_about_a_bill()
    story.the_front_desk_remembers_it_for_all()
    story.taxes_promise_to_call_and_find_that_it_is_debt()
    story.she_has_one_name_to_call()
    story.debts_put_her_second_mail_with_it()
    story.a_partner_does_its_part()
    story.care_does_its_part_and_gives_it_back()
    story.we_say_sorry_for_the_broken_promise_before_she_asks()
    story.her_contact_goes_on_leave_with_cover()
    story.the_lead_sees_it_late_before_she_does()
    story.the_cover_ends_it_and_she_says_not_solved()
    story.it_is_solved_in_the_end()
    story.she_grades_it_without_logging_in()
    story.who_helped_reads_what_became_of_it()
