"""Each message finds its thread, or opens one; nothing is taken in twice, and nothing that came is lost."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from gemeente.access.types import Purpose, Role
from gemeente.audit.models import Entry
from gemeente.channels.commands import receive_message
from gemeente.channels.models import Attachment, IncomingMessage
from gemeente.channels.types import Channel, MessageState, NewFile, OutgoingKind, Receipt
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import ask_resident, take_in_message
from gemeente.contact.models import ContactMoment, HistoryEntry, Question
from gemeente.contact.queries.workspace import version_of
from gemeente.contact.rules import answer_due
from gemeente.contact.tests.talk import (
    MACHINE,
    WORDS,
    answer,
    ask,
    close,
    history_of,
    message,
    moment_of,
    question_of,
    say,
    sent_about,
)
from gemeente.contact.types import QuestionState, Urgency
from gemeente.contact.understanding import understand
from gemeente.kernel import clock
from gemeente.kernel.errors import DomainError
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db
TUESDAY = datetime(2026, 11, 24, 9, tzinfo=UTC)
DANGER = "Help, ik ruik gas in huis en het wordt steeds erger"


class TestNewQuestion:
    def test_it_works(self) -> None:
        hiltje = register_resident(email="hiltje@voorbeeld.nl")
        with clock.told_at(TUESDAY):
            taken = say("De stoep ligt los.", by=hiltje, wish="Graag een veilige stoep")
        held = question_of(taken)
        assert taken.new_question
        assert (held.party, held.state, held.wish) == (hiltje.id, QuestionState.NEW, "Graag een veilige stoep")
        assert (held.channel, held.reply_channel, held.asked_at) == ("web", "web", TUESDAY)
        assert moment_of(taken).text == "De stoep ligt los."
        assert history_of(held.id) == ["asked"]
        assert [one.kind for one in sent_about(held.id)] == [OutgoingKind.CONFIRMATION]

    @pytest.mark.parametrize(
        "text", ["x", "???", "Wie kan mij helpen met iets waar ik geen woord voor heb", "ሰላም ናብ ቤት"]
    )
    def test_every_question_has_a_team_a_product_and_a_date(self, text: str) -> None:
        held = ask(text, team="")
        assert held.team
        assert held.product
        assert held.answer_due > held.asked_at

    def test_team_product_urgency_and_date_come_from_the_words_alone(self) -> None:
        text = "Mijn paspoort is verlopen, hoe vraag ik een nieuwe aan?"
        understood = understand(text)
        held = ask(text, team="")
        assert (held.team, held.product, held.urgency) == (
            understood.team,
            understood.product,
            understood.urgency.urgency,
        )
        assert held.answer_due == answer_due(
            asked_at=held.asked_at, norm_workdays=understood.norm_workdays, urgency=understood.urgency.urgency
        )

    def test_what_the_employee_chose_goes_before_what_we_understood(self) -> None:
        held = ask(WORDS, channel=Channel.PHONE, team="wmo", urgency="nu", reply_channel="letter")
        assert (held.team, held.urgency, held.urgency_rank, held.reply_channel) == ("wmo", "nu", 2, "letter")

    def test_the_suggested_haste_is_not_lowered_without_a_reason(self) -> None:
        with pytest.raises(DomainError):
            say(DANGER, channel=Channel.PHONE, urgency="normaal")
        held = ask(DANGER, channel=Channel.PHONE, urgency="normaal", urgency_reason="De netbeheerder is er al")
        assert (held.urgency, held.urgency_reason) == ("normaal", "De netbeheerder is er al")

    def test_who_took_it_down_is_noted_and_the_words_stay_the_residents(self) -> None:
        hiltje, kcc = register_resident(), employee_with(Role.KCC)
        taken = say(by=hiltje, channel=Channel.PHONE, taken_by=kcc.id)
        assert moment_of(taken).author == hiltje.id
        noted = HistoryEntry.objects.get(kind="noted")
        assert (noted.actor, noted.actor_name) == (kcc.id, kcc.name)

    def test_its_event_and_audit_line_hold_facts_and_no_words(self) -> None:
        hiltje = register_resident()
        held = ask("Geheime woorden", by=hiltje)
        event = Event.objects.get(name="contact.question-asked.v1")
        assert event.payload["question"] == str(held.id)
        assert "Geheime" not in str(event.payload)
        line = Entry.objects.get(action="take_in_message")
        assert (line.subject, line.purpose) == (hiltje.id, Purpose.PROCESS_MESSAGE)

    def test_files_travel_into_the_thread(self) -> None:
        photo = NewFile(name="stoep.png", content_type="image/png", content=b"\x89PNG\r\n\x1a\n")
        taken = say(files=(photo,))
        assert Attachment.objects.get().moment == taken.moment

    def test_numbers_begin_with_the_local_year_and_never_repeat(self) -> None:
        with clock.told_at(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)):
            numbers = [ask().number for _ in range(3)]
        assert all(number.startswith("2027-") for number in numbers)
        assert len(set(numbers)) == 3


class TestOnce:
    def test_the_same_delivery_twice_is_one_moment(self) -> None:
        same = message()
        first, second = (receive_message(actor=MACHINE, message=same) for _ in range(2))
        assert (first[0], second[0]) == (Receipt.ACCEPTED, Receipt.DUPLICATE)
        assert first[1] == second[1]
        taken = [take_in_message(actor=MACHINE, message=kept) for _, kept in (first, second)]
        assert taken[0].question == taken[1].question
        assert [one.new_question for one in taken] == [True, False]
        assert (Question.objects.count(), ContactMoment.objects.count()) == (1, 1)
        assert len(sent_about(question_of(taken[0]).id)) == 0

    def test_one_id_in_two_channels_is_two_messages(self) -> None:
        key = str(uuid4())
        say(channel_id=key)
        say(channel_id=key, channel=Channel.PHONE)
        assert Question.objects.count() == 2

    def test_a_failure_leaves_the_message_accepted_and_nothing_else(self) -> None:
        _, kept = receive_message(actor=MACHINE, message=message(question=uuid4()))
        with pytest.raises(DomainError):
            take_in_message(actor=MACHINE, message=kept)
        assert IncomingMessage.objects.get(id=kept).state == MessageState.ACCEPTED
        assert not ContactMoment.objects.exists()


class TestChosenThread:
    def test_words_go_where_somebody_chose_over_all_channels(self) -> None:
        hiltje = register_resident()
        held = ask(by=hiltje)
        for channel in Channel:
            taken = say("Nog iets.", by=hiltje, channel=channel, question=held.id)
            assert (taken.question, taken.new_question) == (held.id, False)
            assert not moment_of(taken).sender_unknown
        assert Question.objects.count() == 1
        assert ContactMoment.objects.filter(question=held.id, party=hiltje.id).count() == 1 + len(Channel)

    def test_an_addition_is_not_confirmed_again(self) -> None:
        hiltje = register_resident(email="hiltje@voorbeeld.nl")
        held = ask(by=hiltje)
        say("Nog iets.", by=hiltje, question=held.id)
        assert len(sent_about(held.id)) == 1

    def test_it_ends_the_wait_for_the_resident(self) -> None:
        kcc = employee_with(Role.KCC)
        hiltje = register_resident()
        held = ask(by=hiltje)
        ask_resident(
            actor=kcc,
            question=held.id,
            text="Wilt u een foto sturen?",
            needs="Een foto",
            via=Channel.WEB,
            seen_version=version_of(held.id),
        )
        assert question_of(say("Hier is hij.", by=hiltje, question=held.id)).needs_from_resident == ""
        held.refresh_from_db()
        assert held.state == QuestionState.WORKING

    def test_it_moves_the_version_so_that_a_colleague_sees_it_first(self) -> None:
        hiltje = register_resident()
        held = ask(by=hiltje)
        say("Nog iets.", by=hiltje, question=held.id)
        assert version_of(held.id) == held.version + 1


class TestWaking:
    def test_a_closed_question_runs_again_with_a_new_date(self) -> None:
        kcc = employee_with(Role.KCC)
        hiltje = register_resident()
        with clock.told_at(TUESDAY):
            held = ask(by=hiltje)
            close(kcc, held.id)
        later = TUESDAY.replace(month=12, day=15)
        with clock.told_at(later):
            taken = say("Het is weer kapot.", by=hiltje, question=held.id)
        woken = question_of(taken)
        assert (woken.state, woken.closed_at, woken.times_reopened) == (QuestionState.WORKING, None, 1)
        assert woken.answer_due > later
        assert history_of(held.id)[-1] == "reopened"

    def test_who_writes_on_after_an_answer_gets_a_new_date_and_is_watched_again(self) -> None:
        hiltje, kcc = register_resident(), employee_with(Role.KCC)
        with clock.told_at(datetime(2026, 11, 2, 9, tzinfo=UTC)):
            held = ask(by=hiltje)
            answer(kcc, held.id)
        with clock.told_at(datetime(2026, 11, 24, 9, tzinfo=UTC)):
            say("Dat is niet wat ik vroeg.", by=hiltje, question=held.id)
        asked_on = Question.objects.get(id=held.id)
        assert asked_on.answer_due > datetime(2026, 11, 24, tzinfo=UTC)
        assert (asked_on.first_answered_at, asked_on.times_reopened) == (None, 0)

    def test_danger_in_a_later_message_raises_the_urgency_and_brings_the_date_forward(self) -> None:
        hiltje = register_resident()
        held = ask("De stoep ligt los.", by=hiltje)
        woken = question_of(say(DANGER, by=hiltje, question=held.id))
        assert (woken.urgency, woken.urgency_code) == (Urgency.NOW, "N3")
        assert woken.answer_due < held.answer_due
        assert "urgency" in history_of(held.id)

    def test_calm_words_do_not_lower_it(self) -> None:
        hiltje = register_resident()
        held = ask(DANGER, by=hiltje)
        woken = question_of(say("Bedankt voor de hulp.", by=hiltje, question=held.id))
        assert (woken.urgency, woken.answer_due) == (Urgency.NOW, held.answer_due)

    def test_haste_that_an_employee_notes_in_a_running_question_counts(self) -> None:
        hiltje = register_resident()
        held = ask("De stoep ligt los.", by=hiltje)
        taken = say(
            "Belt nog eens.",
            by=hiltje,
            question=held.id,
            channel=Channel.PHONE,
            urgency="nu",
            urgency_reason="Er is iemand gevallen",
        )
        woken = question_of(taken)
        assert (woken.urgency, woken.urgency_reason) == (Urgency.NOW, "Er is iemand gevallen")
        assert woken.answer_due < held.answer_due

    def test_a_date_is_never_moved_back_by_new_words(self) -> None:
        kcc, hiltje = employee_with(Role.KCC), register_resident()
        with clock.told_at(TUESDAY):
            held = ask("De stoep ligt los.", by=hiltje)
            answer(kcc, held.id)
        with clock.told_at(TUESDAY.replace(day=25)):
            woken = question_of(say("Nog iets.", by=hiltje, question=held.id))
        assert (woken.answer_due, woken.first_answered_at) == (held.answer_due, None)
