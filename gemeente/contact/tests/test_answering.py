"""An answer reaches the resident by the way that was chosen, or is refused; what was being written is kept."""

from uuid import uuid4

import pytest

from gemeente.access.types import ANONYMOUS, Actor, ActorKind, Right, Role
from gemeente.audit.models import Entry
from gemeente.channels import files
from gemeente.channels.models import Attachment
from gemeente.channels.types import Channel, NewFile, OutgoingKind
from gemeente.config.tests.people import employee_with, register_resident
from gemeente.contact.commands import answer_question, ask_resident, save_draft
from gemeente.contact.models import ContactMoment, Draft, Question
from gemeente.contact.queries.workspace import conversation, version_of
from gemeente.contact.tests.talk import answer, ask, close, history_of, say, sent_about
from gemeente.contact.types import QuestionState
from gemeente.kernel.errors import Conflict, DomainError, NotAllowed
from gemeente.kernel.models import Event

pytestmark = pytest.mark.django_db
HILTJE = "hiltje@voorbeeld.nl"


@pytest.fixture
def kcc() -> Actor:
    return employee_with(Role.KCC)


@pytest.fixture
def held() -> Question:
    return ask(by=register_resident(email=HILTJE))


def ask_for_a_photo(by: Actor, question: Question, *, needs: str = "Een foto", seen: int = 0) -> None:
    ask_resident(
        actor=by,
        question=question.id,
        text="Wilt u een foto sturen?",
        needs=needs,
        via=Channel.WEB,
        seen_version=seen,
    )


class TestAnswer:
    def test_it_works(self, kcc: Actor, held: Question) -> None:
        moment = ContactMoment.objects.get(id=answer(kcc, held.id, " Wij komen morgen. "))
        held.refresh_from_db()
        assert (moment.text, moment.direction, moment.author_name) == ("Wij komen morgen.", "out", kcc.name)
        assert (held.state, held.handler, held.version) == (QuestionState.WORKING, kcc.id, 1)
        assert held.first_answered_at == moment.at
        assert sent_about(held.id)[-1].kind == OutgoingKind.ANSWER
        assert Event.objects.filter(name="contact.question-answered.v1").exists()

    def test_the_first_answer_keeps_its_moment(self, kcc: Actor, held: Question) -> None:
        answer(kcc, held.id)
        first = Question.objects.get(id=held.id).first_answered_at
        answer(kcc, held.id, "En nog iets.")
        assert Question.objects.get(id=held.id).first_answered_at == first

    def test_another_handler_stays_the_handler(self, kcc: Actor, held: Question) -> None:
        jan = employee_with(Role.KCC, username="jan")
        answer(jan, held.id)
        answer(kcc, held.id)
        assert Question.objects.get(id=held.id).handler == jan.id

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_an_empty_one_is_refused(self, kcc: Actor, held: Question, text: str) -> None:
        with pytest.raises(DomainError):
            answer(kcc, held.id, text)

    def test_a_colleagues_change_in_between_is_a_conflict(self, kcc: Actor, held: Question) -> None:
        answer(kcc, held.id)
        with pytest.raises(Conflict):
            answer_question(actor=kcc, question=held.id, text="Nee.", via=Channel.WEB, seen_version=0)
        assert ContactMoment.objects.filter(question=held.id, direction="out").count() == 1

    def test_the_same_words_sent_again_are_one_answer(self, kcc: Actor, held: Question) -> None:
        def reply(text: str = "Ja.", via: Channel = Channel.WEB, by: Actor = kcc) -> object:
            return answer_question(actor=by, question=held.id, text=text, via=via, seen_version=0)

        first = reply()
        assert reply(" Ja. ") == first
        others = ({"text": "Nee."}, {"via": Channel.PHONE}, {"by": employee_with(Role.KCC, username="jan")})
        for other in others:
            with pytest.raises(Conflict):
                reply(**other)
        say("Dank u.", by=Actor(kind=ActorKind.RESIDENT, id=held.party), question=held.id)
        with pytest.raises(Conflict):
            reply()
        assert ContactMoment.objects.filter(direction="out").count() == 1
        assert len(sent_about(held.id)) == 2

    def test_another_teams_question_is_refused(self, held: Question) -> None:
        other = employee_with(Role.SPECIALIST, teams=("wegen",))
        for deed in (lambda: answer(other, held.id), lambda: save_draft(actor=other, question=held.id, text="Ja")):
            with pytest.raises(NotAllowed):
                deed()

    @pytest.mark.parametrize("who", [ANONYMOUS, Actor(kind=ActorKind.RESIDENT)])
    def test_only_who_has_the_right_answers_and_the_attempt_is_logged(self, held: Question, who: Actor) -> None:
        assert not who.may(Right.HANDLE_QUESTION)
        with pytest.raises(NotAllowed):
            answer(who, held.id)
        assert Entry.objects.get(action="answer_question").refused

    def test_files_go_with_it(self, kcc: Actor, held: Question) -> None:
        plan = NewFile(name="plan.pdf", content_type="application/pdf", content=b"%PDF-1.7")
        form = uuid4()
        files.hold(form, plan)
        moment = answer_question(
            actor=kcc, question=held.id, text="Zie het plan.", via=Channel.WEB, seen_version=0, held_files=form
        )
        assert files.of_moment(moment) == (plan,)
        assert Attachment.objects.get().held_for is None

    def test_a_closed_question_stays_closed(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        answer(kcc, held.id, "Nog een aanvulling.")
        held.refresh_from_db()
        assert held.state == QuestionState.CLOSED
        assert held.closed_at is not None


class TestWay:
    @pytest.mark.parametrize("via", [Channel.PHONE, Channel.DESK])
    def test_what_was_said_in_person_is_not_sent(self, kcc: Actor, held: Question, via: Channel) -> None:
        before = len(sent_about(held.id))
        answer(kcc, held.id, via=via)
        assert len(sent_about(held.id)) == before

    def test_mijngroningen_is_announced_without_the_words(self, kcc: Actor, held: Question) -> None:
        answer(kcc, held.id, "Uw uitkering komt morgen.", via=Channel.WEB)
        notice = sent_about(held.id)[-1]
        assert (notice.channel, notice.to_address) == ("email", HILTJE)
        assert "uitkering" not in notice.text
        assert f"/vragen/{held.number}/" in notice.text

    def test_a_letter_goes_to_the_address_that_we_know(self, kcc: Actor) -> None:
        held = ask(channel=Channel.LETTER, post="Korreweg 1, 9715 AA Groningen", name="H. de Vries")
        answer(kcc, held.id, via=Channel.LETTER)
        letter = sent_about(held.id)[-1]
        assert (letter.channel, letter.to_address) == ("letter", "Korreweg 1, 9715 AA Groningen")

    def test_an_answer_that_cannot_arrive_is_refused_and_leaves_nothing(self, kcc: Actor) -> None:
        known = ask(by=register_resident(email=HILTJE, verified=False))
        unknown = ask(channel=Channel.PHONE, phone="06 12345678")
        for held, via in (
            (known, Channel.EMAIL),
            (known, Channel.LETTER),
            (unknown, Channel.EMAIL),
            (unknown, Channel.LETTER),
            (unknown, Channel.WEB),
        ):
            with pytest.raises(DomainError, match="andere manier"):
                answer(kcc, held.id, via=via)
            assert version_of(held.id) == 0
        assert not ContactMoment.objects.filter(direction="out").exists()

    def test_an_answer_in_mijngroningen_needs_no_mail_address(self, kcc: Actor) -> None:
        held = ask(by=register_resident())
        answer(kcc, held.id, via=Channel.WEB)
        assert sent_about(held.id) == []


class TestAskBack:
    def test_it_works(self, kcc: Actor, held: Question) -> None:
        ask_for_a_photo(kcc, held, needs=" Een foto ")
        held.refresh_from_db()
        assert (held.state, held.needs_from_resident) == (QuestionState.WAITING, "Een foto")
        assert history_of(held.id)[-1] == "asked_resident"
        assert "Wij hebben iets van u nodig" in sent_about(held.id)[-1].text

    def test_it_is_no_answer_yet(self, kcc: Actor, held: Question) -> None:
        ask_for_a_photo(kcc, held)
        assert Question.objects.get(id=held.id).first_answered_at is None

    @pytest.mark.parametrize("needs", ["", "  "])
    def test_it_must_say_what_is_needed(self, kcc: Actor, held: Question, needs: str) -> None:
        with pytest.raises(DomainError):
            ask_for_a_photo(kcc, held, needs=needs)

    def test_what_is_closed_waits_for_nobody(self, kcc: Actor, held: Question) -> None:
        close(kcc, held.id)
        with pytest.raises(Conflict):
            ask_for_a_photo(kcc, held, seen=1)

    def test_a_colleagues_change_in_between_is_a_conflict(self, kcc: Actor, held: Question) -> None:
        answer(kcc, held.id)
        with pytest.raises(Conflict):
            ask_for_a_photo(kcc, held)


class TestDraft:
    def test_the_last_one_stands_and_is_ones_own(self, kcc: Actor, held: Question) -> None:
        jan = employee_with(Role.KCC, username="jan")
        for text in ("Beste", "Beste Hiltje"):
            save_draft(actor=kcc, question=held.id, text=text)
        assert conversation(kcc, held.number).draft == "Beste Hiltje"
        assert conversation(jan, held.number).draft == ""
        assert Draft.objects.count() == 1

    def test_it_goes_when_the_answer_went(self, kcc: Actor, held: Question) -> None:
        save_draft(actor=kcc, question=held.id, text="Beste")
        answer(kcc, held.id)
        assert not Draft.objects.exists()

    def test_a_draft_is_no_change_of_the_question(self, kcc: Actor, held: Question) -> None:
        save_draft(actor=kcc, question=held.id, text="Beste")
        assert version_of(held.id) == held.version
