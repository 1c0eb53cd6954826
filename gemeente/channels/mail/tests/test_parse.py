"""A whole mail: its envelope, its identity, and what was odd about it."""

import hashlib
from datetime import UTC, datetime

import pytest

from gemeente.channels.mail.parse import DELIVERED_TO_AT_MOST, SUBJECT_AT_MOST, parse_mail
from gemeente.channels.mail.tests.samples import mail, mixed, part
from gemeente.channels.mail.types import Automatic, Problem


def test_it_works() -> None:
    read = parse_mail(mail("Mijn traplift doet het niet.\n\nGroet,\nHiltje"))
    assert read.message_id == "<vraag@voorbeeld.nl>"
    assert (read.from_address, read.from_name) == ("hiltje@voorbeeld.nl", "Hiltje de Vries")
    assert read.to == ("gemeente@voorbeeld.nl",)
    assert read.subject == "Mijn vraag"
    assert read.sent_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (read.text, read.signature, read.quoted) == ("Mijn traplift doet het niet.", "Groet,\nHiltje", "")
    assert (read.attachments, read.automatic, read.problems) == ((), Automatic.NO, ())


class TestIdentity:
    def test_without_a_message_id_its_bytes_are_its_id(self) -> None:
        raw = mail(message_id=None)
        assert parse_mail(raw).message_id == f"sha256:{hashlib.sha256(raw).hexdigest()}"
        assert parse_mail(raw).problems == (Problem.NO_MESSAGE_ID,)

    @pytest.mark.parametrize("broken", ["", "<>", "<a b@c>", "<" + "x" * 3000 + "@b.nl>", "<é@b.nl>"])
    def test_an_id_that_cannot_be_used_is_none(self, broken: str) -> None:
        assert parse_mail(mail(message_id=broken)).message_id.startswith("sha256:")

    def test_the_same_bytes_have_the_same_fingerprint_and_others_another(self) -> None:
        assert parse_mail(mail("a")).fingerprint == parse_mail(mail("a")).fingerprint
        assert parse_mail(mail("a")).fingerprint != parse_mail(mail("b")).fingerprint

    def test_an_id_fits_in_the_index_of_a_database(self) -> None:
        assert len(parse_mail(mail(message_id="<" + "x" * 240 + "@b.nl>")).message_id) < 300


class TestReferences:
    def test_what_it_answers(self) -> None:
        read = parse_mail(mail(in_reply_to="<b@x.nl>", references="<a@x.nl> <b@x.nl>"))
        assert (read.in_reply_to, read.references) == ("<b@x.nl>", ("<a@x.nl>", "<b@x.nl>"))

    def test_old_programs_put_words_in_in_reply_to(self) -> None:
        assert parse_mail(mail(in_reply_to='Your message of "Mon" <b@x.nl>')).in_reply_to == "<b@x.nl>"

    def test_an_endless_thread_keeps_its_last_ids(self) -> None:
        endless = "\r\n ".join(f"<{number}@x.nl>" for number in range(2000))
        references = parse_mail(mail(references=endless)).references
        assert len(references) == 20
        assert Problem.LONG_HEADER in parse_mail(mail(references=endless)).problems or references[-1] == "<1999@x.nl>"


class TestSender:
    def test_without_a_from_the_sender_counts(self) -> None:
        assert parse_mail(mail(**{"from": None, "sender": "b@x.nl"})).from_address == "b@x.nl"

    @pytest.mark.parametrize("value", [None, "", "Hiltje", "<>", "undisclosed-recipients:;", "@", "\x00"])
    def test_without_an_address_it_says_so(self, value: str | None) -> None:
        read = parse_mail(mail(**{"from": value}))
        assert (read.from_address, read.problems) == ("", (Problem.NO_SENDER,))

    def test_of_two_froms_the_first_counts(self) -> None:
        assert parse_mail(mail(**{"from": "a@x.nl, b@x.nl"})).from_address == "a@x.nl"
        assert parse_mail(b"From: a@x.nl\nFrom: b@x.nl\n\nx").from_address == "a@x.nl"

    def test_another_address_in_the_name_deceives_nobody(self) -> None:
        read = parse_mail(mail(**{"from": '"gemeente@voorbeeld.nl" <dief@x.example>'}))
        assert read.from_address == "dief@x.example"

    def test_an_international_address(self) -> None:
        assert parse_mail(mail(**{"from": "Jürgen <jürgen@münchen.example>"})).from_address == "jürgen@münchen.example"

    def test_a_name_is_one_clean_line(self) -> None:
        read = parse_mail(mail(**{"from": "=?utf-8?q?Hil=0D=0Atje=00_=E2=80=AEx?= <a@x.nl>"}))
        assert read.from_name == "Hil tje x"


class TestRecipients:
    def test_each_address_once(self) -> None:
        read = parse_mail(mail(to="A <a@x.nl>, b@x.nl, a@x.nl", cc="c@x.nl"))
        assert (read.to, read.cc) == (("a@x.nl", "b@x.nl"), ("c@x.nl",))

    def test_where_it_was_delivered_in_all_ways_that_servers_write_it(self) -> None:
        raw = mail(delivered_to="a@x.nl", x_original_to="b@x.nl", envelope_to="c@x.nl", x_envelope_to="d@x.nl")
        assert parse_mail(raw).delivered_to == ("a@x.nl", "b@x.nl", "c@x.nl", "d@x.nl")

    def test_that_is_bounded(self) -> None:
        raw = b"".join(b"Delivered-To: %d@x.nl\n" % number for number in range(500)) + b"\nx"
        assert len(parse_mail(raw).delivered_to) == DELIVERED_TO_AT_MOST

    def test_our_signed_address_keeps_its_case(self) -> None:
        assert parse_mail(mail(to="Gemeente+AbC@Voorbeeld.nl")).to == ("Gemeente+AbC@voorbeeld.nl",)

    def test_where_answers_go(self) -> None:
        assert parse_mail(mail(reply_to="Ander <ander@x.nl>")).reply_to == "ander@x.nl"


class TestSubject:
    def test_it_is_decoded_and_one_line(self) -> None:
        assert parse_mail(mail(subject="=?utf-8?q?Caf=C3=A9=0A?=\r\n =?utf-8?q?_dicht?=")).subject == "Café dicht"

    def test_it_is_bounded(self) -> None:
        assert len(parse_mail(mail(subject="x" * 50_000)).subject) == SUBJECT_AT_MOST

    def test_it_may_be_missing(self) -> None:
        assert parse_mail(mail(subject=None)).subject == ""


class TestOddMails:
    def test_nothing_at_all(self) -> None:
        read = parse_mail(b"")
        assert (read.text, read.subject, read.from_address) == ("", "", "")
        expected = {Problem.NO_HEADERS, Problem.NO_SENDER, Problem.NO_MESSAGE_ID, Problem.NO_BODY, Problem.ODD_DATE}
        assert set(read.problems) == expected

    def test_words_without_any_head_are_kept(self) -> None:
        assert parse_mail(b"Mijn traplift doet het niet.").text == "Mijn traplift doet het niet."

    @pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
    def test_any_line_end(self, end: bytes) -> None:
        read = parse_mail(mail("een\ntwee").replace(b"\r\n", end))
        assert (read.from_address, read.text) == ("hiltje@voorbeeld.nl", "een\ntwee")

    def test_mixed_line_ends(self) -> None:
        read = parse_mail(b"From: a@x.nl\r\nSubject: x\n\r\neen\r\ntwee\nvier")
        assert (read.subject, read.text) == ("x", "een\ntwee\nvier")

    def test_a_mail_from_an_mbox(self) -> None:
        assert (
            parse_mail(b"From hiltje@voorbeeld.nl Mon Nov 23 10:00:00 2026\n" + mail()).from_address
            == "hiltje@voorbeeld.nl"
        )

    def test_nul_bytes_everywhere(self) -> None:
        raw = mail(b"Mijn\x00 vraag\x00", subject="On\x00derwerp", **{"from": "Hil\x00tje <a@x.nl>"})
        read = parse_mail(raw)
        assert "\x00" not in f"{read.text}{read.subject}{read.from_name}{read.html_safe}"

    def test_a_head_of_a_megabyte(self) -> None:
        read = parse_mail(mail(x_spam="y" * 1_000_000, received="z\r\n " * 100_000))
        assert (read.subject, read.text) == ("Mijn vraag", "Mijn traplift doet het niet.")
        assert Problem.LONG_HEADER in read.problems

    def test_a_megabyte_of_recipients(self) -> None:
        read = parse_mail(mail(to=", ".join(f"iemand{number}@voorbeeld.nl" for number in range(30_000))))
        assert len(read.to) <= 100
        assert read.text

    @pytest.mark.parametrize(
        "date", [None, "gisteren", "Thu, 1 Jan 1970 00:00:00 +0000", "Fri, 1 Jan 2199 00:00:00 +0000"]
    )
    def test_a_date_that_cannot_be_true(self, date: str | None) -> None:
        read = parse_mail(mail(date=date))
        assert (read.sent_at, read.problems) == (None, (Problem.ODD_DATE,))

    def test_an_answer_with_nothing_new(self) -> None:
        read = parse_mail(mail("> Wij kijken vandaag.\n> Groet", subject="Re: Uw stoep"))
        assert read.text == "> Wij kijken vandaag.\n> Groet"
        assert read.problems == (Problem.ONLY_QUOTED,)

    def test_an_answer_in_html_from_gmail(self) -> None:
        html = (
            '<div dir="ltr">Dank u. Het zijn er twee.</div><br><div class="gmail_quote"><div dir="ltr">Op di 24 nov 2026 om 10:42'
            ' schreef Gemeente &lt;<a href="mailto:gemeente@voorbeeld.nl">gemeente@voorbeeld.nl</a>&gt;:<br></div>'
            "<blockquote><p>Wij kijken vandaag.</p></blockquote></div>"
        )
        read = parse_mail(mail(html, content_type="text/html; charset=utf-8", in_reply_to="<b@x.nl>"))
        assert read.text == "Dank u. Het zijn er twee."
        assert "> Wij kijken vandaag." in read.quoted

    def test_an_answer_in_html_from_outlook(self) -> None:
        html = (
            "<p>Dank u. Het zijn er twee.</p><hr><div><b>Van:</b> Gemeente &lt;gemeente@voorbeeld.nl&gt;<br>"
            "<b>Verzonden:</b> dinsdag 24 november 2026 10:42<br><b>Aan:</b> Roelof<br>"
            "<b>Onderwerp:</b> Uw stoep</div><p>Wij kijken vandaag.</p>"
        )
        read = parse_mail(mail(html, content_type="text/html; charset=utf-8", subject="RE: Uw stoep"))
        assert read.text == "Dank u. Het zijn er twee."
        assert "Wij kijken vandaag." in read.quoted

    def test_a_script_in_a_mail_is_not_in_its_safe_html(self) -> None:
        read = parse_mail(mail("<p>Hallo<script>alert(1)</script>", content_type="text/html"))
        assert (read.html_safe, read.text) == ("<p>Hallo</p>", "Hallo")

    def test_plain_text_next_to_html_in_safe_html_is_escaped(self) -> None:
        read = parse_mail(mixed(part("<b>geen html</b>"), part("<p>wel</p>", "text/html")))
        assert "&lt;b&gt;geen html&lt;/b&gt;" in read.html_safe
