"""What we send: no value can add a header, and every program finds its thread."""

from datetime import datetime, timedelta, timezone
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default as modern
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gemeente.channels.mail.compose import NAME_AT_MOST, REFERENCES_AT_MOST, SUBJECT_AT_MOST, compose_mail
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.types import Automatic
from gemeente.channels.ports import RecipientRefused

HOSTILE = [
    "x\r\nBcc: dief@x.example", "x\nBcc: dief@x.example", "x\rBcc: dief@x.example", "x\u2028Bcc: dief@x.example",
    "x\x0bBcc: dief@x.example", "x\x00", "x\x85Bcc: dief@x.example", "=?utf-8?q?x=0D=0ABcc:_dief@x.example?=",
    '"><script>alert(1)</script>', "x" * 5000, "\ud800", "\u202etxt.exe", "a@b.nl, c@d.nl", ";", ",", '"', "\\", "",
]  # fmt: skip
EXPECTED_FIELDS = {
    "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Content-Language", "MIME-Version", "Content-Type",
    "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
}  # fmt: skip

ENCODED = [
    "=?utf-8?q?",
    "=?utf-8?b?",
    "=?",
    "?=",
    "=0D=0A",
    "DQo=",
    "Bcc=3A=20d=40x.nl",
    "=",
    "?",
    " ",
    "a",
    "@x.nl",
    "é",
    "\n",
    '"',
]
WORDS = st.text(max_size=200) | st.lists(st.sampled_from(ENCODED), max_size=12).map("".join)


def compose(**given: Any) -> EmailMessage:
    values: dict[str, Any] = {
        "sender": "gemeente@voorbeeld.nl",
        "sender_name": "Gemeente Groningen",
        "to": "hiltje@voorbeeld.nl",
        "to_name": "Hiltje de Vries",
        "subject": "Wij hebben uw vraag",
        "text": "Beste mevrouw De Vries,\n\nWij kijken vandaag.",
        "language": "nl",
        "message_id": "<onze@voorbeeld.nl>",
        "in_reply_to": "",
        "references": (),
        "reply_to": "gemeente+abc@voorbeeld.nl",
        "automatic": False,
        "written_at": datetime(2026, 11, 24, 10, 42, tzinfo=timezone(timedelta(hours=1))),
    }
    return compose_mail(**(values | given))


def over_the_wire(mail: EmailMessage) -> EmailMessage:
    return message_from_bytes(mail.as_bytes(), policy=modern)


def words(mail: EmailMessage, kind: str = "plain") -> str:
    body = over_the_wire(mail).get_body((kind,))
    assert body
    return str(body.get_content()).replace("\r\n", "\n")


def test_it_works() -> None:
    mail = over_the_wire(compose())
    assert dict(mail.items()) | {"Content-Type": ""} == {
        "From": "Gemeente Groningen <gemeente@voorbeeld.nl>",
        "To": "Hiltje de Vries <hiltje@voorbeeld.nl>",
        "Reply-To": "Gemeente Groningen <gemeente+abc@voorbeeld.nl>",
        "Subject": "Wij hebben uw vraag",
        "Date": "Tue, 24 Nov 2026 09:42:00 +0000",
        "Message-ID": "<onze@voorbeeld.nl>",
        "Content-Language": "nl",
        "MIME-Version": "1.0",
        "Content-Type": "",
    }
    assert words(mail) == "Beste mevrouw De Vries,\n\nWij kijken vandaag.\n"
    assert "<p>Wij kijken vandaag.</p>" in words(mail, "html")


class TestHeaders:
    @pytest.mark.parametrize("hostile", HOSTILE)
    @pytest.mark.parametrize("field", ["to_name", "sender_name", "subject", "language", "in_reply_to", "text"])
    def test_no_value_adds_a_header_or_a_recipient(self, field: str, hostile: str) -> None:
        mail = over_the_wire(compose(**{field: hostile}))
        assert set(mail.keys()) <= EXPECTED_FIELDS
        assert [str(one.addr_spec) for one in mail["To"].addresses] == ["hiltje@voorbeeld.nl"]
        assert b"\r\nBcc" not in mail.as_bytes().partition(b"\r\n\r\n")[0]

    @given(WORDS, WORDS)
    @settings(max_examples=200)
    def test_any_name_and_subject_can_be_sent(self, name: str, subject: str) -> None:
        raw = compose(to_name=name, subject=subject).as_bytes()
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        assert set(message_from_bytes(raw, policy=modern).keys()) <= EXPECTED_FIELDS

    def test_accents_and_emoji_arrive_as_they_are(self) -> None:
        mail = over_the_wire(compose(to_name="Zoë Çağrı", subject="Uw café 👩‍🍳 – één vraag"))
        assert mail["Subject"] == "Uw café 👩‍🍳 – één vraag"
        assert mail["To"].addresses[0].display_name == "Zoë Çağrı"

    def test_names_and_subject_are_bounded(self) -> None:
        mail = compose(to_name="x" * 5000, subject="y" * 5000)
        assert len(mail["To"].addresses[0].display_name) == NAME_AT_MOST
        assert len(str(mail["Subject"])) == SUBJECT_AT_MOST

    @pytest.mark.parametrize("language", ["nl", "en", "uk", "pt-BR"])
    def test_it_says_its_language(self, language: str) -> None:
        mail = compose(language=language)
        assert mail["Content-Language"] == language
        assert f'<html lang="{language}"' in words(mail, "html")

    @pytest.mark.parametrize("language", ["", "x", '"><script>', "nederlands!", "N L"])
    def test_a_language_that_is_none_is_dutch(self, language: str) -> None:
        assert compose(language=language)["Content-Language"] == "nl"


class TestThread:
    def test_it_refers_to_what_it_answers(self) -> None:
        mail = over_the_wire(compose(in_reply_to="<b@x.nl>", references=("<a@x.nl>", "<b@x.nl>")))
        assert (mail["In-Reply-To"], mail["References"]) == ("<b@x.nl>", "<a@x.nl> <b@x.nl>")

    def test_a_long_id_of_outlook_stays_whole(self) -> None:
        long = "<" + "AM0PR10MB3000" * 12 + "@AM0PR10MB3000.EURPRD10.PROD.OUTLOOK.COM>"
        raw = compose(in_reply_to=long, references=(long,), message_id=long).as_bytes()
        assert raw.count(long.encode()) == 3
        assert parse_mail(raw).in_reply_to == long

    @pytest.mark.parametrize(
        "broken", ["sha256:abc", "", "<>", "<a b@x.nl>", "b@x.nl", "<b@x.nl>\r\nBcc: c@x.nl", "<é@x.nl>"]
    )
    def test_an_id_that_is_none_is_left_out(self, broken: str) -> None:
        mail = compose(in_reply_to=broken, references=(broken, "<a@x.nl>"))
        assert (mail["In-Reply-To"], mail["References"]) == (None, "<a@x.nl>")

    def test_an_endless_thread_keeps_its_last_ids(self) -> None:
        mail = compose(references=[f"<{number}@x.nl>" for number in range(500)], in_reply_to="<500@x.nl>")
        references = str(mail["References"]).split()
        assert (len(references), references[-1]) == (REFERENCES_AT_MOST, "<500@x.nl>")

    @pytest.mark.parametrize("ours", ["", "onze", "<on ze@x.nl>", "<x>\n"])
    def test_our_own_id_must_be_one(self, ours: str) -> None:
        with pytest.raises(ValueError, match="Message-ID"):
            compose(message_id=ours)


class TestAutomatic:
    def test_a_person_s_answer_does_not_say_that_it_is(self) -> None:
        mail = compose()
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (None, None)
        assert parse_mail(mail.as_bytes()).automatic == Automatic.NO

    @pytest.mark.parametrize(("in_reply_to", "says"), [("<b@x.nl>", "auto-replied"), ("", "auto-generated")])
    def test_a_confirmation_says_that_it_is_so_that_no_machine_answers(self, in_reply_to: str, says: str) -> None:
        mail = compose(automatic=True, in_reply_to=in_reply_to)
        assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == (says, "All")
        assert parse_mail(mail.as_bytes()).automatic == Automatic.AUTO_REPLY


class TestAddresses:
    @pytest.mark.parametrize(
        ("to", "written"),
        [
            ("hiltje@voorbeeld.nl", "hiltje@voorbeeld.nl"),
            (" hiltje@voorbeeld.nl ", "hiltje@voorbeeld.nl"),
            ("h.de-vries+stoep_1@mail.voorbeeld.nl", "h.de-vries+stoep_1@mail.voorbeeld.nl"),
            ("o'hara@voorbeeld.nl", "o'hara@voorbeeld.nl"),
            ("jan@münchen.example", "jan@xn--mnchen-3ya.example"),
            ("a@localhost", "a@localhost"),
        ],
    )
    def test_a_recipient(self, to: str, written: str) -> None:
        assert over_the_wire(compose(to=to))["To"].addresses[0].addr_spec == written

    @pytest.mark.parametrize(
        "to",
        [
            "",
            "@",
            "hiltje",
            "@voorbeeld.nl",
            "hiltje@",
            "a b@voorbeeld.nl",
            "a@b c.nl",
            "a@b..nl",
            "a@-b.nl",
            "a@b-.nl",
            "a@.nl",
            "a@b.nl\r\nBcc: c@d.nl",
            "a@b.nl, c@d.nl",
            "a@b.nl;c@d.nl",
            "<a@b.nl>",
            "a@b@c.nl",
            "a\x00@b.nl",
            '"a"@b.nl',
            "a@b_c.nl",
            "x" * 65 + "@b.nl",
            "a@" + "b" * 64 + ".nl",
            "a@" + "b." * 150 + "nl",
            "a@[127.0.0.1]",
            "a@b!c",
            "=?utf-8?q?a=0D=0ABcc=3A=20d=40x.nl?=@x.nl",
        ],
    )
    def test_what_cannot_be_an_address_is_refused(self, to: str) -> None:
        with pytest.raises(RecipientRefused):
            compose(to=to)

    @pytest.mark.parametrize("domain", [".".join(["a" * 63] * 3) + ".b!c", "a-" * 100 + "!", ".".join("a" * 120) + "!"])
    def test_a_hostile_domain_keeps_nobody_busy(self, domain: str) -> None:
        with pytest.raises(RecipientRefused):
            compose(to=f"a@{domain}")

    @given(st.text(max_size=100) | st.lists(st.sampled_from(ENCODED), max_size=12).map("".join))
    @settings(max_examples=300)
    def test_any_recipient_is_sent_to_or_refused(self, to: str) -> None:
        try:
            mail = compose(to=to)
        except RecipientRefused:
            return
        assert len(mail["To"].addresses) == 1
        assert set(over_the_wire(mail).keys()) <= EXPECTED_FIELDS

    @pytest.mark.parametrize("field", ["sender", "reply_to"])
    def test_an_address_of_ours_must_be_one(self, field: str) -> None:
        with pytest.raises(ValueError, match="address"):
            compose(**{field: "geen adres"})

    def test_without_a_reply_address_answers_come_to_the_sender(self) -> None:
        assert str(compose(reply_to="")["Reply-To"].addresses[0].addr_spec) == "gemeente@voorbeeld.nl"


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "From hier\nFrom daar",
            ".\n..\n.x",
            "lang " * 5000,
            "é" * 5000,
            "a\tb",
            "  ingesprongen",
            "=20 =3D",
            "regel \nregel\t\nregel",
        ],
    )
    def test_it_arrives_as_it_was_written(self, text: str) -> None:
        assert words(compose(text=text)) == f"{text}\n"

    def test_controls_are_left_out_and_line_ends_are_ours(self) -> None:
        assert words(compose(text="een\r\ntwee\x00\x1b\u202e\rdrie\n\n\n")) == "een\ntwee\ndrie\n"

    def test_an_empty_text_can_be_sent(self) -> None:
        assert words(compose(text="")).strip() == ""

    def test_each_line_on_the_wire_is_short_and_ascii(self) -> None:
        raw = compose(text="é" * 10_000).as_bytes()
        assert raw.isascii()
        assert max(map(len, raw.split(b"\r\n"))) <= 998

    @given(st.text(max_size=300))
    @settings(max_examples=200)
    def test_our_own_mail_reads_back(self, text: str) -> None:
        read = parse_mail(compose(text=text).as_bytes())
        assert (read.message_id, read.from_address, read.to) == (
            "<onze@voorbeeld.nl>",
            "gemeente@voorbeeld.nl",
            ("hiltje@voorbeeld.nl",),
        )
        assert not read.attachments
