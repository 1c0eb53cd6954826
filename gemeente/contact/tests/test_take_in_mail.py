"""Mail finds its thread by what cannot be forged; and a mail by itself never opens anybody's data."""

import pytest
from django.conf import settings

from gemeente.access.types import Role
from gemeente.channels.commands import receive_mail
from gemeente.channels.mail.reply_address import make_reply_address
from gemeente.channels.mail.tests.samples import mail, mixed, part
from gemeente.channels.models import IncomingMessage, OutgoingMessage
from gemeente.channels.sender import reply_key
from gemeente.channels.types import Channel, MessageState, Receipt
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import ask_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.portal import questions_page
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.tests.talk import (
    MACHINE,
    answer,
    arrive,
    ask,
    close,
    moment_of,
    question_of,
    sent_about,
)
from gemeente.contact.types import QuestionState
from gemeente.kernel.ids import new_id

pytestmark = pytest.mark.django_db
HILTJE = "hiltje@voorbeeld.nl"
STRANGER = "Iemand Anders <iemand@elders.example>"


def reply_address(question: Question) -> str:
    return make_reply_address(settings.MAIL_ADDRESS, question.id, reply_key())


def our_mail_about(question: Question) -> str:
    return sent_about(question.id)[-1].message_id


class TestNewQuestion:
    def test_it_works(self) -> None:
        held = question_of(arrive(mail("Mijn traplift doet het niet.", subject="Traplift kapot")))
        assert (held.title, held.asker_email, held.channel, held.reply_channel) == (
            "Traplift kapot",
            HILTJE,
            "email",
            "email",
        )
        (confirmation,) = sent_about(held.id)
        assert (confirmation.to_address, confirmation.in_reply_to) == (HILTJE, "<vraag@voorbeeld.nl>")

    def test_a_mail_without_words_or_subject_is_a_question_too(self) -> None:
        assert question_of(arrive(mail("", subject=None))).title == "Een vraag zonder woorden"

    def test_a_mail_without_sender_is_a_question_that_cannot_be_answered_by_mail(self) -> None:
        held = question_of(arrive(mail(**{"from": None})))
        assert sent_about(held.id) == []

    def test_the_signature_and_older_mails_stand_below_the_fold(self) -> None:
        moment = moment_of(arrive(mail("Mijn vraag.\n-- \nHiltje de Vries\nKorreweg 1")))
        assert moment.text == "Mijn vraag."
        assert "Korreweg" in moment.quoted


class TestWhoWrites:
    def test_a_verified_address_is_its_owners(self) -> None:
        hiltje = register_resident(email=HILTJE)
        held = question_of(arrive(mail(**{"from": "HILTJE@Voorbeeld.NL"})))
        assert held.party == hiltje.id
        assert f"/vragen/{held.number}/" in sent_about(held.id)[0].text

    def test_an_unverified_address_opens_nothing_and_gets_nothing_personal(self) -> None:
        hiltje = register_resident(email=HILTJE, verified=False)
        held = question_of(arrive(mail()))
        assert held.party is None
        assert questions_page(hiltje.key, closed=False, page=0) == ([], False)
        (confirmation,) = sent_about(held.id)
        assert confirmation.to_address == HILTJE
        assert "/vragen/" not in confirmation.text
        assert "Vries" not in confirmation.text.replace(held.asker_name, "")

    def test_an_address_that_several_people_share_is_nobodys(self) -> None:
        for given in ("Hiltje", "Jelle"):
            register_resident(given=given, email=HILTJE)
        assert question_of(arrive(mail())).party is None

    def test_what_we_answer_to_a_false_sender_goes_to_the_true_owner(self) -> None:
        register_resident(email=HILTJE)
        held = question_of(arrive(mail(reply_to="vals@elders.example", sender="vals@elders.example")))
        assert {one.to_address for one in sent_about(held.id)} == {HILTJE}

    def test_an_answer_by_mail_goes_to_a_verified_address_only(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident(email=HILTJE)
        held = ask(by=hiltje, channel=Channel.PHONE, email="opgegeven@elders.example")
        answer(kcc, held.id, "Uw uitkering komt morgen.", via=Channel.EMAIL)
        assert {one.to_address for one in sent_about(held.id)} == {HILTJE}


class TestOurReplyAddress:
    @pytest.mark.parametrize("field", ["to", "cc", "delivered_to"])
    @pytest.mark.parametrize("change", [str, str.upper])
    def test_it_leads_to_the_thread_wherever_it_stands(self, field: str, change: type[str]) -> None:
        held = question_of(arrive(mail()))
        taken = arrive(mail("Nog iets.", message_id="<2@voorbeeld.nl>", **{field: change(reply_address(held))}))
        assert taken.question == held.id
        assert not moment_of(taken).sender_unknown

    def test_a_forged_one_leads_nowhere(self) -> None:
        held = question_of(arrive(mail()))
        local, _, domain = reply_address(held).partition("@")
        last = "a" if local[-1] != "a" else "q"
        forged = f"{local[:-1]}{last}@{domain}"
        taken = arrive(mail("Geef mij alles.", message_id="<2@elders.example>", to=forged, **{"from": STRANGER}))
        assert taken.new_question

    def test_one_for_a_question_that_is_gone_opens_a_new_one(self) -> None:
        gone = make_reply_address(settings.MAIL_ADDRESS, new_id(), reply_key())
        assert arrive(mail(to=gone)).new_question


class TestReferences:
    @pytest.mark.parametrize("field", ["in_reply_to", "references"])
    def test_who_answers_our_mail_lands_in_its_thread(self, field: str) -> None:
        held = question_of(arrive(mail()))
        taken = arrive(mail("Nog iets.", message_id="<2@voorbeeld.nl>", **{field: our_mail_about(held)}))
        assert taken.question == held.id
        assert not moment_of(taken).sender_unknown

    def test_a_stranger_who_has_our_mail_joins_marked_and_is_never_answered(self) -> None:
        held = question_of(arrive(mail()))
        before = len(sent_about(held.id))
        raw = mail(
            "Namens mijn tante.", message_id="<2@elders.example>", references=our_mail_about(held), **{"from": STRANGER}
        )
        taken = arrive(raw)
        assert taken.question == held.id
        assert moment_of(taken).sender_unknown
        assert len(sent_about(held.id)) == before
        assert Question.objects.get(id=held.id).asker_email == HILTJE

    def test_a_mail_without_sender_in_a_thread_is_a_strangers(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident(email=HILTJE)
        held = ask(by=hiltje)
        answer(kcc, held.id)
        taken = arrive(mail("Nog iets.", references=our_mail_about(held), **{"from": None}))
        assert taken.question == held.id
        assert moment_of(taken).sender_unknown

    def test_who_writes_on_below_their_own_mail_stays_in_the_thread(self) -> None:
        held = question_of(arrive(mail()))
        taken = arrive(mail("Vergeten te zeggen.", message_id="<2@voorbeeld.nl>", in_reply_to="<vraag@voorbeeld.nl>"))
        assert taken.question == held.id

    @pytest.mark.parametrize("sender", [STRANGER, None])
    def test_the_id_of_somebody_elses_mail_opens_nothing(self, sender: str | None) -> None:
        arrive(mail())
        raw = mail(
            "Wat is er bekend?", message_id="<2@elders.example>", references="<vraag@voorbeeld.nl>", **{"from": sender}
        )
        assert arrive(raw).new_question

    def test_two_mails_without_sender_are_not_by_the_same_person(self) -> None:
        arrive(mail(**{"from": None}))
        raw = mail(
            "Wat is er bekend?", message_id="<2@elders.example>", references="<vraag@voorbeeld.nl>", **{"from": None}
        )
        assert arrive(raw).new_question


class TestClosedThread:
    @pytest.mark.parametrize("sender", [HILTJE, STRANGER])
    def test_a_mail_wakes_it(self, sender: str) -> None:
        kcc = employee_with(Role.KCC)
        held = question_of(arrive(mail()))
        Question.objects.filter(id=held.id).update(team="kcc")
        close(kcc, held.id, via=Channel.EMAIL)
        raw = mail("Toch niet.", message_id="<2@voorbeeld.nl>", references=our_mail_about(held), **{"from": sender})
        assert question_of(arrive(raw)).state == QuestionState.WORKING


class TestAutomaticMail:
    OUT_OF_OFFICE = {"auto_submitted": "auto-replied", "message_id": "<ooo@voorbeeld.nl>"}

    def test_without_a_thread_it_is_set_aside_with_the_reason_and_not_answered(self) -> None:
        taken = arrive(mail("Ik ben met vakantie.", **self.OUT_OF_OFFICE))
        assert (taken.question, taken.moment) == (None, None)
        kept = IncomingMessage.objects.get()
        assert (kept.state, kept.why_set_aside) == (MessageState.SET_ASIDE, "auto-reply")
        assert not OutgoingMessage.objects.exists()
        assert not Question.objects.exists()

    def test_in_a_thread_it_joins_for_colleagues_only_and_is_not_answered(self) -> None:
        held = question_of(arrive(mail()))
        taken = arrive(mail("Ik ben met vakantie.", references=our_mail_about(held), **self.OUT_OF_OFFICE))
        assert taken.question == held.id
        assert moment_of(taken).internal
        assert len(sent_about(held.id)) == 1

    def test_it_wakes_nothing_and_ends_no_wait(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident(email=HILTJE)
        closed, waiting = ask(by=hiltje), ask(by=hiltje)
        close(kcc, closed.id)
        seen = version_of(waiting.id)
        ask_resident(
            actor=kcc, question=waiting.id, text="Stuur een foto.", needs="Een foto", via=Channel.WEB, seen_version=seen
        )
        for number, held in enumerate((closed, waiting)):
            arrive(
                mail(
                    "Ik ben met vakantie.",
                    message_id=f"<{number}@voorbeeld.nl>",
                    auto_submitted="auto-replied",
                    references=our_mail_about(held),
                )
            )
        assert Question.objects.get(id=closed.id).state == QuestionState.CLOSED
        assert Question.objects.get(id=waiting.id).needs_from_resident == "Een foto"

    def test_a_bounce_joins_the_thread_of_the_mail_that_came_back(self) -> None:
        held = question_of(arrive(mail()))
        returned = mail("…", message_id=our_mail_about(held))
        bounce = mixed(
            part("Dit adres bestaat niet."),
            part(returned, "message/rfc822"),
            kind="report",
            message_id="<bounce@elders.example>",
            **{"from": "MAILER-DAEMON@elders.example"},
        )
        taken = arrive(bounce)
        assert taken.question == held.id
        assert moment_of(taken).internal
        assert len(sent_about(held.id)) == 1


class TestOnce:
    def test_the_same_mail_over_two_roads_is_one(self) -> None:
        arrive(mail())
        receipt, _ = receive_mail(actor=MACHINE, raw=b"Received: from elsewhere\r\n" + mail())
        assert receipt == Receipt.DUPLICATE
        assert ContactMoment.objects.count() == 1

    def test_two_mails_with_one_message_id_are_both_kept(self) -> None:
        first, second = (arrive(mail(words)) for words in ("De stoep ligt los.", "Mijn pas is weg."))
        assert first.question != second.question
        receipt, _ = receive_mail(actor=MACHINE, raw=mail("Mijn pas is weg."))
        assert receipt == Receipt.DUPLICATE
        assert Question.objects.count() == 2
