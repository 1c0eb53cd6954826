"""The queue as somebody plans a day: danger, late, today, later."""

from datetime import datetime, timedelta

from django.utils import translation

from gemeente.contact.types import QuestionState, QueueItem, Urgency
from gemeente.kernel import clock
from gemeente.kernel.clock import AMSTERDAM
from gemeente.kernel.ids import new_id
from gemeente.workspace.groups import grouped, queue_lists

NOW = datetime(2026, 11, 24, 12, tzinfo=AMSTERDAM)


def item(
    title: str, *, due: datetime, urgency: Urgency = Urgency.NORMAL, waits_on_us: bool = True, answered: bool = False
) -> QueueItem:
    return QueueItem(
        id=new_id(),
        number="2026-10001",
        title=title,
        who="H. Vries",
        channel="web",
        state=QuestionState.NEW,
        urgency=urgency,
        urgency_reason="",
        team="kcc",
        handler=None,
        due=due,
        answered=answered,
        waits_on_us=waits_on_us,
    )


def groups(*items: QueueItem) -> dict[str, list[str]]:
    with clock.told_at(NOW), translation.override("nl"):
        return {heading: [line["title"] for line in lines] for heading, lines in grouped(items)}


def test_each_question_stands_where_its_date_puts_it() -> None:
    assert groups(
        item("gevaar", due=NOW + timedelta(days=9), urgency=Urgency.NOW),
        item("gisteren", due=NOW - timedelta(days=1)),
        item("net voorbij", due=NOW - timedelta(minutes=1)),
        item("vanmiddag", due=NOW + timedelta(hours=5)),
        item("morgen", due=NOW + timedelta(days=1)),
    ) == {
        "Nu": ["gevaar"],
        "Te laat": ["gisteren", "net voorbij"],
        "Vandaag beloofd": ["vanmiddag"],
        "Later": ["morgen"],
    }


def test_what_is_not_ours_to_answer_now_is_not_late() -> None:
    yesterday = NOW - timedelta(days=1)
    assert groups(
        item("wacht", due=yesterday, waits_on_us=False), item("beantwoord", due=yesterday, answered=True)
    ) == {"Later": ["wacht", "beantwoord"]}


def test_danger_stays_on_top_whoever_is_to_move() -> None:
    asked = item("gevaar", due=NOW - timedelta(days=1), urgency=Urgency.NOW, waits_on_us=False)
    assert groups(asked) == {"Nu": ["gevaar"]}


def test_a_line_says_how_late_and_for_whom_it_waits() -> None:
    yesterday = NOW - timedelta(days=1)
    with clock.told_at(NOW), translation.override("nl"):
        dues = [
            line["due"]
            for _, lines in grouped(
                [
                    item("laat", due=yesterday),
                    item("haast", due=NOW + timedelta(days=1), urgency=Urgency.TODAY),
                    item("wacht", due=yesterday, waits_on_us=False),
                    item("beantwoord", due=yesterday, answered=True),
                ]
            )
            for line in lines
        ]
    assert dues == ["1 dag te laat", "Haast, morgen", "wacht op inwoner", "beantwoord"]


def test_today_ends_at_midnight_in_groningen() -> None:
    midnight = datetime(2026, 11, 24, 23, 59, tzinfo=AMSTERDAM)
    assert groups(item("laat", due=midnight), item("nacht", due=midnight + timedelta(minutes=2))) == {
        "Vandaag beloofd": ["laat"],
        "Later": ["nacht"],
    }


def test_an_empty_queue_has_no_headings() -> None:
    assert groups() == {}


def test_what_somebody_wrote_stands_in_the_queue_as_text() -> None:
    with clock.told_at(NOW), translation.override("nl"):
        [(_, shown)] = queue_lists([item("<script>alert('x')</script> & meer", due=NOW)])
    assert "<b>&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt; &amp; meer</b>" in shown


def test_only_the_question_that_is_open_is_marked() -> None:
    with clock.told_at(NOW), translation.override("nl"):
        [(_, elsewhere)] = queue_lists([item("een", due=NOW)])
        [(_, open_now)] = queue_lists([item("een", due=NOW)], here="2026-10001")
    assert "aria-current" not in elsewhere
    assert '<a class="wp-item" href="/werk/vraag/2026-10001/" aria-current="true">' in open_now
