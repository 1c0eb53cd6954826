"""What a mail says, among its parts."""

import pytest

from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.tests.samples import mail, mixed, multipart, part
from gemeente.channels.mail.types import Problem

HTML = "text/html; charset=utf-8"
WORDS = "Mijn traplift doet het niet."


def text(raw: bytes) -> str:
    return parse_mail(raw).text


def problems(raw: bytes) -> tuple[Problem, ...]:
    return parse_mail(raw).problems


class TestWhichPart:
    def test_plain_text(self) -> None:
        assert text(mail(WORDS)) == WORDS

    def test_html_only_is_read_as_text(self) -> None:
        assert (
            text(mail("<p>Mijn <b>traplift</b></p><p>doet het niet.</p>", content_type=HTML))
            == "Mijn traplift\n\ndoet het niet."
        )

    def test_of_two_alternatives_the_plain_text_counts(self) -> None:
        raw = mixed(part(WORDS), part("<p>Mooier</p>", HTML), kind="alternative")
        assert text(raw) == WORDS
        assert parse_mail(raw).html_safe == "<p>Mooier</p>"

    @pytest.mark.parametrize("empty", ["", " \n\n\t\n", "\u200b"])
    def test_of_two_alternatives_the_html_counts_when_the_plain_text_is_empty(self, empty: str) -> None:
        assert text(mixed(part(empty), part(f"<p>{WORDS}</p>", HTML), kind="alternative")) == WORDS

    def test_words_before_and_after_a_picture_all_count(self) -> None:
        # Apple Mail writes text, picture, text as three parts.
        raw = mixed(
            part("Zie de foto:"), part(b"\xff\xd8", "image/jpeg", content_disposition="inline"), part("Dat is alles.")
        )
        assert text(raw) == "Zie de foto:\n\nDat is alles."

    def test_a_footer_that_a_mailing_list_added_counts_too(self) -> None:
        alternative = part(
            multipart(part(WORDS), part("<p>x</p>", HTML), boundary="in"), "multipart/alternative; boundary=in"
        )
        assert text(mixed(alternative, part("Footer"))) == f"{WORDS}\n\nFooter"

    def test_html_inside_related_inside_alternative(self) -> None:
        related = part(
            multipart(
                part(f"<p>{WORDS}<img src=cid:x></p>", HTML), part(b"x", "image/png", content_id="<x>"), boundary="in"
            ),
            "multipart/related; boundary=in",
        )
        read = parse_mail(mixed(part(""), related, kind="alternative"))
        assert read.text == WORDS
        assert [file.inline for file in read.attachments] == [True]

    def test_a_text_file_is_a_file(self) -> None:
        read = parse_mail(mixed(part(WORDS), part("notities", content_disposition="attachment; filename=notities.txt")))
        assert (read.text, [file.filename for file in read.attachments]) == (WORDS, ["notities.txt"])

    def test_a_text_part_with_a_name_is_a_file(self) -> None:
        read = parse_mail(mixed(part(WORDS), part("notities", "text/plain; name=notities.txt")))
        assert (read.text, len(read.attachments)) == (WORDS, 1)

    def test_a_mail_that_is_one_text_with_a_name_is_still_read(self) -> None:
        assert text(mail(WORDS, content_type="text/plain; name=bericht.txt")) == WORDS

    def test_the_same_words_for_other_programs_are_no_file(self) -> None:
        raw = mixed(
            part(WORDS), part("<html amp>", "text/x-amp-html"), part(f"<p>{WORDS}</p>", HTML), kind="alternative"
        )
        assert (text(raw), parse_mail(raw).attachments) == (WORDS, ())

    def test_a_picture_only_has_no_words_and_a_file(self) -> None:
        read = parse_mail(mail(b"\xff\xd8\xff", content_type="image/jpeg; name=stoep.jpg"))
        assert (read.text, [file.filename for file in read.attachments]) == ("", ["stoep.jpg"])
        assert Problem.NO_BODY not in read.problems

    def test_an_empty_mail_says_that_it_is(self) -> None:
        assert problems(mail("")) == (Problem.NO_BODY,)

    @pytest.mark.parametrize("kind", ["multipart/mixed", "text/plain", "image/jpeg", "onzin"])
    def test_words_under_a_wrong_type_are_kept_somewhere(self, kind: str) -> None:
        read = parse_mail(mail(WORDS, content_type=kind))
        assert WORDS in read.text or WORDS.encode() in read.attachments[0].content


class TestCharset:
    def test_a_lying_charset_is_read_and_noted(self) -> None:
        raw = mail("Zoë’s café".encode(), content_type="text/plain; charset=us-ascii")
        assert (text(raw), problems(raw)) == ("Zoë’s café", (Problem.BAD_CHARSET,))

    def test_a_missing_charset_is_read_and_noted(self) -> None:
        raw = mail("Zoë’s café".encode("cp1252"), content_type="text/plain")
        assert (text(raw), problems(raw)) == ("Zoë’s café", (Problem.BAD_CHARSET,))

    def test_html_may_say_its_charset_itself(self) -> None:
        page = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2"><p>Zażółć</p>'.encode(
            "iso-8859-2"
        )
        assert text(mail(page, content_type="text/html")) == "Zażółć"

    def test_what_the_mail_says_goes_before_what_the_page_says(self) -> None:
        page = '<meta charset="iso-8859-2"><p>Zoë</p>'.encode()
        assert text(mail(page, content_type=HTML)) == "Zoë"

    def test_nul_bytes_are_left_out(self) -> None:
        assert text(mail(b"Mijn\x00 traplift\x00")) == "Mijn traplift"

    def test_utf_16_and_a_byte_order_mark(self) -> None:
        assert text(mail("Zoë".encode("utf-16"), content_type="text/plain; charset=utf-16")) == "Zoë"
        assert text(mail(b"\xef\xbb\xbfHallo")) == "Hallo"

    def test_quoted_printable_in_latin_1(self) -> None:
        raw = mail(
            b"Caf=E9 =80 5=",
            content_type="text/plain; charset=iso-8859-1",
            content_transfer_encoding="quoted-printable",
        )
        assert text(raw) == "Café € 5"


class TestFlowed:
    FLOWED = "text/plain; charset=utf-8; format=flowed"

    def test_soft_line_ends_are_joined(self) -> None:
        assert (
            text(mail("Mijn traplift doet \nhet niet \nmeer.\nGroet", content_type=self.FLOWED))
            == "Mijn traplift doet het niet meer.\nGroet"
        )

    def test_with_delsp_the_space_goes_too(self) -> None:
        assert text(mail("trap \nlift", content_type=f"{self.FLOWED}; delsp=yes")) == "traplift"

    def test_a_stuffed_space_goes(self) -> None:
        assert text(mail(" From here\n  en daar", content_type=self.FLOWED)) == "From here\n en daar"

    def test_quotes_and_the_mark_of_a_signature_stay_lines(self) -> None:
        read = parse_mail(
            mail("Dank u. \n> eerder \n> gezegd \n-- \nHiltje", content_type=self.FLOWED, in_reply_to="<a@b.nl>")
        )
        assert (read.text, read.quoted, read.signature) == ("Dank u.", "> eerder\n> gezegd", "--\nHiltje")

    def test_without_format_flowed_a_space_at_the_end_joins_nothing(self) -> None:
        assert text(mail("een \ntwee")) == "een\ntwee"


class TestBounds:
    def test_a_book_is_cut_and_noted(self) -> None:
        read = parse_mail(mail("woorden " * 500_000))
        assert len(read.text) == 100_000
        assert read.text.endswith("[…]")
        assert Problem.TRUNCATED in read.problems

    def test_a_book_in_html_is_cut_and_noted(self) -> None:
        read = parse_mail(mail("<p>woorden</p>" * 200_000, content_type=HTML))
        assert len(read.text) <= 100_000
        assert len(read.html_safe) < 1_000_000
        assert Problem.TRUNCATED in read.problems

    def test_many_small_texts_share_one_bound(self) -> None:
        read = parse_mail(mixed(*[part("woord " * 1000)] * 300))
        assert len(read.text) <= 100_000
