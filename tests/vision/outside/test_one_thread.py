"""P4, channel-independent: one question is one thread, whichever way somebody reaches us and is answered."""

from tests.browser.post import ARRIVES_SECONDS, Post
from tests.browser.town import Town
from tests.browser.visitor import PHONE
from tests.browser.waiting import wait_for

LINDA = "linda.kuipers@voorbeeld.nl"
MONDAY = "Het licht in het portiek van de Eikenlaan is al twee weken stuk. Mijn dochter durft er niet door."
TUESDAY = "Zij belt: ook de lamp op de tweede verdieping is nu uit."
WEDNESDAY = "Zij kwam langs met het nummer van de lantaarnpaal: 4417."
ANSWER = "Beste mevrouw Kuipers, wij maken beide lampen vrijdag. U hoeft niets te doen. Groet, Jan Mulder."


def test_V80_mail_on_monday_phone_on_tuesday_desk_on_wednesday_answered_in_MijnGroningen(
    town: Town, post: Post
) -> None:
    post.send(sender=LINDA, subject="Donker portiek", text=MONDAY)
    confirmed = post.wait_for_mail(LINDA, about="Donker portiek")
    jan = town.employee("Jan Mulder")
    number = jan.note_contact("Telefoon", TUESDAY, who="Kuipers 9741EW", thread="Donker portiek")
    assert jan.note_contact("Balie", WEDNESDAY, who="Kuipers 9741EW", thread="Donker portiek") == number
    assert number in confirmed.text

    jan.open_question(number)
    said = [item for item in jan.thread() if "noteerde" not in item]
    assert [words for item in said for words in (MONDAY, TUESDAY, WEDNESDAY) if words in item] == [
        MONDAY,
        TUESDAY,
        WEDNESDAY,
    ]
    jan.answer(ANSWER, via="MijnGroningen")

    linda = town.resident("Linda Kuipers", on=PHONE)
    linda.open_question(number)
    answer, *earlier = linda.timeline()
    assert ANSWER in answer
    assert "Nieuw" in answer
    for words, how in ((WEDNESDAY, "U kwam langs"), (TUESDAY, "U belde ons"), (MONDAY, "per e-mail")):
        (item,) = (item for item in earlier if words in item)
        assert how in item
    assert number in post.wait_for_mail(LINDA, about="Er is een bericht voor u over: Donker portiek").text


def test_V80_an_answer_to_our_mail_joins_the_thread(town: Town, post: Post) -> None:
    post.send(sender=LINDA, subject="Kapotte schommel", text="De schommel in het park hangt los.")
    confirmed = post.wait_for_mail(LINDA, about="Kapotte schommel")
    linda = town.resident("Linda Kuipers", on=PHONE)
    linda.open("/vragen/")
    linda.follow("Kapotte schommel")
    linda.write_on("Ik heb hem vastgezet met touw.")
    post.send(sender=LINDA, answers=confirmed, text="Het is de linker schommel.")

    def joined() -> bool:
        linda.page.reload()
        return "Het is de linker schommel." in linda.reads()

    wait_for(joined, seconds=ARRIVES_SECONDS, what="mail in the thread")
    told = "\n".join(reversed(linda.timeline()))
    order = [told.index(words) for words in ("hangt los", "met touw", "linker schommel")]
    assert order == sorted(order)
