"""P4: a question by telephone is worth exactly as much as one by form, mail, letter or at a desk (V81)."""

from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gemeente.channels.types import Channel
from gemeente.contact.models import Question
from gemeente.contact.tests.talk import arrive, ask, question_of
from gemeente.kernel import clock

pytestmark = pytest.mark.django_db

TREATED_ALIKE = (
    "team",
    "product",
    "product_reason",
    "urgency",
    "urgency_code",
    "urgency_reason",
    "language",
    "title",
    "asked_at",
    "answer_due",
    "state",
)
SPOKEN = [
    "Ik ruik gas in de hal",
    "mijn paspoort is verlopen en ik vlieg morgen",
    "De stoep ligt los, mijn vrouw struikelde.",
    "wanneer komt de kliko",
    "I moved in last week, where do I register?",
    "Ik kan mijn huur niet betalen en word vrijdag uitgezet",
    "hulp bij de was",
    "Mijn buurman slaat zijn vrouw, hij is nu bezig",
    "bijstand",
    "geen spoed, maar wanneer wordt het gras gemaaid?",
]
WORDS = st.text(alphabet=st.characters(codec="latin-1", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=200)
MOMENTS = st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2027, 12, 31), timezones=st.just(UTC))


def treatment(held: Question) -> tuple[Any, ...]:
    return tuple(getattr(held, name) for name in TREATED_ALIKE)


@settings(max_examples=30)
@given(text=st.one_of(st.sampled_from(SPOKEN), WORDS), moment=MOMENTS)
@example(text="Ik ruik gas", moment=datetime(2026, 12, 25, 2, 30, tzinfo=UTC))
def test_V81_one_question_through_every_channel_is_treated_alike(text: str, moment: datetime) -> None:
    with clock.told_at(moment):
        treated = {channel: treatment(ask(text, channel=channel, team="")) for channel in Channel}
    assert set(treated.values()) == {treated[Channel.WEB]}, treated


@pytest.mark.parametrize("text", SPOKEN)
def test_V81_also_as_a_real_mail(text: str) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Message-ID"] = "iemand@voorbeeld.nl", "gemeente@voorbeeld.nl", "<een@voorbeeld.nl>"
    mail.set_content(text)
    with clock.told_at(datetime(2026, 11, 25, 9, tzinfo=UTC)):
        by_mail = question_of(arrive(mail.as_bytes()))
        by_phone = ask(text, channel=Channel.PHONE, team="")
    assert treatment(by_mail) == treatment(by_phone)
