"""Whatever comes in, an answer comes out that PostgreSQL can keep."""

from dataclasses import fields
from datetime import datetime

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from gemeente.access.types import system
from gemeente.channels.commands import receive_mail
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.tests.samples import BASE, mail, multipart
from gemeente.channels.mail.types import ParsedMail, Problem
from gemeente.channels.models import IncomingMessage
from gemeente.channels.types import Receipt

TOKENS = [
    b"\r\n", b"\n", b"\r", b"\x00", b" ", b"\t", b"--grens", b"--grens--", b"--", b"From: ", b"To: ", b"Subject: ", b"Date: ",
    b"Message-ID: ", b"References: ", b"In-Reply-To: ", b"Content-Type: ", b"Content-Transfer-Encoding: ", b"Delivered-To: ",
    b"Content-Disposition: attachment; filename*0*=", b"multipart/mixed; boundary=grens",
    b"multipart/alternative; boundary=grens",
    b"message/rfc822", b"text/html", b"text/plain; charset=", b"utf-16", b"iso-2022-jp", b"format=flowed; delsp=yes", b"base64",
    b"quoted-printable", b"=?utf-8?q?", b"=?utf-16?b?2AA=?=", b"?=", b"=00", b"AAAA", b"<a@b.nl>", b"a@b.nl", b'"', b"(", b"<",
    b">", b"> ", b";", b"=", b",", b"&#xD800;", b"&#0;", b"<p>", b"<a href=", b"<blockquote>", b"\xff\xfe", b"\xed\xa0\x80",
    b"\xe2\x80\xae", b"\xf0\x9f\x91\xa9", b"-- ", b"Op 1 schreef a@b.nl 10:00:", b"Van: x", b"Mon, 23 Nov 2026 10:00:00 +0100",
]  # fmt: skip
SOUP = st.lists(st.sampled_from(TOKENS), max_size=60).map(b"".join)
TEXT = st.text(max_size=80)
VALUE = TEXT.map(
    lambda text: text.replace("\n", " ").replace("\r", " ").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
)


@st.composite
def mails(draw: st.DrawFn) -> bytes:
    """Return a mail that is mostly well formed, with fields and parts of anything."""
    named = {name.lower().replace("-", "_"): draw(VALUE | st.none()) for name in BASE}
    bodies = draw(st.lists(SOUP | st.binary(max_size=200), min_size=1, max_size=4))
    if len(bodies) == 1:
        kind = draw(st.sampled_from(["text/plain", "text/html; charset=utf-8", "text/plain; charset=utf-16", "onzin"]))
        return mail(bodies[0], content_type=kind, **named)
    kind = draw(st.sampled_from(["mixed", "alternative", "related", "report", "signed", "digest"]))
    return mail(multipart(*bodies), content_type=f"multipart/{kind}; boundary=grens", **named)


def assert_keepable(read: ParsedMail) -> None:
    """Check each value of an answer: text that PostgreSQL takes, of bounded length."""
    for one in fields(ParsedMail):
        value = getattr(read, one.name)
        for text in value if isinstance(value, tuple) else (value,):
            if isinstance(text, str):
                assert "\x00" not in text
                text.encode("utf-8")
                assert len(text) <= 1_000_000
    assert read.sent_at is None or isinstance(read.sent_at, datetime)
    for file in read.attachments:
        assert file.filename
        assert file.filename.isprintable()
        assert not set(file.filename) & set("/\\")


@given(st.binary(max_size=2000))
@example(b"")
@example(b"\x00" * 100)
@example(b"Content-Type: text/plain; charset=utf-16\n\n\x00\xd8")
@settings(max_examples=300)
def test_any_bytes(raw: bytes) -> None:
    assert_keepable(parse_mail(raw))


@given(SOUP)
@settings(max_examples=500)
def test_any_row_of_what_mails_are_made_of(raw: bytes) -> None:
    assert_keepable(parse_mail(raw))


@given(mails())
@settings(max_examples=300)
def test_any_mail(raw: bytes) -> None:
    assert_keepable(parse_mail(raw))


@given(mails(), st.integers(min_value=0, max_value=2000))
@settings(max_examples=200)
def test_any_mail_that_breaks_off(raw: bytes, at: int) -> None:
    assert_keepable(parse_mail(raw[:at]))


@given(st.binary(max_size=500) | SOUP | mails())
@settings(max_examples=200)
def test_the_same_bytes_give_the_same_answer(raw: bytes) -> None:
    assert parse_mail(raw) == parse_mail(raw)


@pytest.mark.django_db
@given(SOUP | mails() | st.binary(max_size=1000))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_keeps_it_and_knows_it_again(raw: bytes) -> None:
    receipt, message = receive_mail(actor=system("Test"), raw=raw)
    row = IncomingMessage.objects.get(id=message)
    mailed = parse_mail(raw)
    assert row.channel_id == mailed.message_id
    assert receipt == Receipt.DUPLICATE or row.text == mailed.text
    assert receive_mail(actor=system("Test"), raw=raw) == (Receipt.DUPLICATE, message)


@pytest.mark.django_db
def test_every_problem_has_a_word_that_the_database_keeps() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [[str(problem) for problem in Problem]])
        assert cursor.fetchone() == ([str(problem) for problem in Problem],)
