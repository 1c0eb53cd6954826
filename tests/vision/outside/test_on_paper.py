"""P5, physical where needed: desk and paper get the same service and the same record as any other way."""

from tests.browser.town import Town
from tests.browser.visitor import PHONE

ASKED = "Mijn vuilcontainer is gestolen. Hoe krijg ik een nieuwe?"


def test_V82_desk_letter_and_form_make_the_same_record(town: Town) -> None:
    maria = town.resident("Maria van der Wiel", on=PHONE)
    jan = town.employee("Jan Mulder")
    numbers = {
        "form": maria.ask(ASKED),
        "desk": jan.note_contact("Balie", ASKED, who="Wiel"),
        "letter": jan.note_contact("Brief", ASKED, who="Wiel"),
        "phone": jan.note_contact("Telefoon", ASKED, who="Wiel"),
    }
    seen_by_maria, seen_by_jan = set(), set()
    for number in numbers.values():
        maria.open_question(number)
        title, steps = maria.page.locator("h1").inner_text(), maria.page.locator(".mg-steps").inner_text()
        seen_by_maria.add((title, steps, ASKED in "\n".join(maria.timeline())))
        jan.open_question(number)
        head = jan.page.locator(".wp-conv__head p").inner_text().removeprefix(number)
        seen_by_jan.add((jan.page.locator("#wp-h").inner_text(), head))
    assert len(set(numbers.values())) == 4
    assert len(seen_by_maria) == 1, seen_by_maria
    assert len(seen_by_jan) == 1, seen_by_jan


def test_V82_who_writes_on_paper_is_answered_on_paper(town: Town) -> None:
    jan = town.employee("Jan Mulder")
    number = jan.note_contact(
        "Brief", "Ik lees slecht. Mag ik de brief over mijn tuin nog eens?", who="Wiel", reply="Brief"
    )
    jan.open_question(number)
    assert jan.page.get_by_label("Antwoord via").input_value() == "letter"
    jan.answer("Beste mevrouw Van der Wiel, u krijgt de brief opnieuw, in grote letters.", via="Brief")
    assert "per brief" in jan.thread()[-1]
    maria = town.resident("Maria van der Wiel", on=PHONE)
    maria.open_question(number)
    answer, *earlier = maria.timeline()
    assert "per brief" in answer
    assert "U schreef ons een brief" in "\n".join(earlier)
