"""Taking a mail apart: broken, lying and hostile MIME."""

import pytest

from gemeente.channels.mail.headers import Headers
from gemeente.channels.mail.structure import (
    DEPTH_AT_MOST,
    PARTS_AT_MOST,
    Part,
    Problems,
    filename,
    leaves,
    open_mail,
)
from gemeente.channels.mail.tests.samples import mail, mixed, multipart, part
from gemeente.channels.mail.types import Problem


def read(raw: bytes) -> tuple[list[Part], list[Problem]]:
    problems = Problems()
    found = list(leaves(open_mail(raw, problems), problems))
    return found, list(problems.met)


def contents(raw: bytes) -> list[bytes]:
    problems = Problems()
    return [leaf.content(problems).strip() for leaf in leaves(open_mail(raw, problems), problems)]


def one_part(content: bytes, encoding: str) -> tuple[bytes, list[Problem]]:
    problems = Problems()
    leaf = open_mail(mail(content, content_transfer_encoding=encoding), problems)
    return leaf.content(problems), list(problems.met)


class TestHead:
    def test_the_body_begins_after_the_first_empty_line(self) -> None:
        assert contents(b"Subject: x\n\nHallo\n\nX: y\n") == [b"Hallo\n\nX: y"]

    def test_a_mail_without_any_head_is_all_body(self) -> None:
        leaf, problems = read(b"Mijn traplift doet het niet.\nGroet, Hiltje\n")
        assert leaf[0].body() == b"Mijn traplift doet het niet.\nGroet, Hiltje\n"
        assert problems == [Problem.NO_HEADERS]

    def test_without_an_empty_line_the_body_begins_where_the_fields_end(self) -> None:
        assert contents(b"Subject: x\nFrom: a@b.nl\nMijn traplift doet het niet.\n") == [
            b"Mijn traplift doet het niet."
        ]

    def test_an_empty_mail_has_one_empty_part(self) -> None:
        assert contents(b"") == [b""]

    @pytest.mark.parametrize("before", [b"\n\r\n", b"\xef\xbb\xbf", b"From hiltje Mon Nov 23\n", b">From x\n", b"  \n"])
    def test_what_programs_put_before_the_head_is_passed_over(self, before: bytes) -> None:
        (leaf,), problems = read(before + b"Subject: x\n\nHallo")
        assert (leaf.headers.first("subject"), leaf.body(), problems) == ("x", b"Hallo", [])

    def test_a_head_of_a_megabyte_is_read_and_noted(self) -> None:
        (leaf,), problems = read(b"Subject: x\nX-Long: " + b"y" * 1_000_000 + b"\n\nHallo")
        assert (leaf.headers.first("subject"), leaf.body(), problems) == ("x", b"Hallo", [Problem.LONG_HEADER])

    def test_a_head_without_end_leaves_the_rest_to_the_body(self) -> None:
        (leaf,), problems = read(b"Subject: x\n" + b"X: yyyyyyyyyyyyyyyyyyyy\n" * 200_000)
        assert leaf.headers.first("subject") == "x"
        assert Problem.LONG_HEADER in problems or leaf.body()


class TestMultipart:
    def test_each_part_stands_by_itself_in_order(self) -> None:
        assert contents(mixed(part("een"), part("twee"))) == [b"een", b"twee"]

    def test_what_stands_before_and_after_the_parts_is_no_part(self) -> None:
        body = b"This is a multi-part message.\r\n" + multipart(part("een")) + b"\r\nepilogue"
        raw = mail(body, content_type='multipart/mixed; boundary="grens"')
        assert contents(raw) == [b"een"]

    def test_the_line_end_before_a_boundary_is_not_of_the_part(self) -> None:
        (leaf,), _ = read(mail(b"--g\r\n\r\neen\r\n\r\n--g--", content_type="multipart/mixed; boundary=g"))
        assert leaf.body() == b"een\r\n"

    @pytest.mark.parametrize("boundary", ["=_x+y'(z)/:?", "a b c", "----=_NextPart_000_0001", "x" * 70])
    def test_a_boundary_may_hold_odd_characters(self, boundary: str) -> None:
        assert contents(mixed(part("een"), part("twee"), boundary=boundary)) == [b"een", b"twee"]

    def test_a_boundary_that_begins_another_is_not_confused_with_it(self) -> None:
        inner = part(multipart(part("een"), boundary="grens2"), 'multipart/mixed; boundary="grens2"')
        assert contents(mixed(inner, part("twee"), boundary="grens")) == [b"een", b"twee"]

    def test_without_its_last_boundary_the_last_part_runs_to_the_end(self) -> None:
        raw = mail(b"--g\r\n\r\neen\r\n--g\r\n\r\ntwee", content_type="multipart/mixed; boundary=g")
        assert contents(raw) == [b"een", b"twee"]

    def test_a_part_without_head_and_a_part_without_anything(self) -> None:
        raw = mail(b"--g\n\neen\n--g\n--g\ntwee\n--g--\n", content_type="multipart/mixed; boundary=g")
        assert contents(raw) == [b"een", b"", b"twee"]

    def test_a_boundary_in_the_middle_of_a_line_is_text(self) -> None:
        raw = mail(b"--g\n\nzie --g hier\n--g--\n", content_type="multipart/mixed; boundary=g")
        assert contents(raw) == [b"zie --g hier"]

    @pytest.mark.parametrize(
        "content_type", ["multipart/mixed", 'multipart/mixed; boundary=""', "multipart/mixed; boundary=other"]
    )
    def test_without_the_right_boundary_the_first_line_is_taken_for_it(self, content_type: str) -> None:
        raw = mail(multipart(part("een"), part("twee")), content_type=content_type)
        assert contents(raw) == [b"een", b"twee"]
        assert read(raw)[1] == [Problem.BROKEN_MIME]

    def test_a_multipart_without_parts_is_one_part(self) -> None:
        found, problems = read(mail("Alleen tekst.", content_type='multipart/mixed; boundary="grens"'))
        assert [leaf.body() for leaf in found] == [b"Alleen tekst."]
        assert problems == [Problem.BROKEN_MIME]

    def test_a_mail_in_a_mail_is_one_part(self) -> None:
        found, _ = read(
            mixed(part("zie bijlage"), part(mixed(part("een"), part("twee"), boundary="in"), "message/rfc822"))
        )
        assert [leaf.content_type for leaf in found] == ["text/plain", "message/rfc822"]

    def test_in_a_digest_parts_are_mails_unless_they_say_otherwise(self) -> None:
        raw = mail(b"--g\n\nSubject: x\n\neen\n--g--\n", content_type="multipart/digest; boundary=g")
        assert [leaf.content_type for leaf in read(raw)[0]] == ["message/rfc822"]

    def test_parts_that_say_the_same_thing_carry_the_same_mark(self) -> None:
        alternative = part(
            multipart(part("a"), part("b", "text/html"), boundary="in"), "multipart/alternative; boundary=in"
        )
        found, _ = read(mixed(alternative, part("c")))
        marks = [leaf.alternative for leaf in found]
        assert marks[0] == marks[1] != 0
        assert marks[2] == 0


class TestBounds:
    def test_nesting_too_deep_comes_as_one_part(self) -> None:
        raw = part("diep")
        for number in range(DEPTH_AT_MOST + 5):
            raw = part(multipart(raw, boundary=f"g{number}"), f"multipart/mixed; boundary=g{number}")
        found, problems = read(raw)
        assert len(found) == 1
        assert b"diep" in found[0].body()
        assert problems == [Problem.TOO_DEEP]

    def test_too_many_parts_are_noted(self) -> None:
        found, problems = read(mixed(*[part("x")] * (PARTS_AT_MOST * 3)))
        assert len(found) < PARTS_AT_MOST + 1
        assert problems == [Problem.TOO_MANY_PARTS]

    @pytest.mark.parametrize(
        "body",
        [
            b"--g\nContent-Type: multipart/mixed; boundary=g\n\n" * 50_000,
            b"--gx\n" * 500_000,
            b"--g" * 500_000,
            b"".join(b"--g%d\nContent-Type: multipart/mixed; boundary=g%d\n\n" % (n, n + 1) for n in range(20_000)),
        ],
    )
    def test_hostile_rows_of_boundaries_end(self, body: bytes) -> None:
        found, _ = read(mail(body, content_type="multipart/mixed; boundary=g"))
        assert len(found) <= PARTS_AT_MOST


class TestEncoding:
    @pytest.mark.parametrize("encoding", ["", "7bit", "8bit", "binary", "7BIT ; x"])
    def test_what_is_not_encoded_stays(self, encoding: str) -> None:
        assert one_part(b"caf\xe9 =20", encoding) == (b"caf\xe9 =20", [])

    def test_quoted_printable(self) -> None:
        assert one_part(b"Caf=C3=A9 een=\r\ntwee=20\r\n", "Quoted-Printable") == ("Café eentwee \r\n".encode(), [])

    def test_broken_quoted_printable_keeps_what_it_can(self) -> None:
        content, _ = one_part(b"100%= zeker =ZZ =C3=A9 =", "quoted-printable")
        assert "é".encode() in content
        assert b"zeker" in content

    def test_base64(self) -> None:
        assert one_part(b"SGFs\r\nbG8=\r\n", "BASE64") == (b"Hallo", [])

    def test_base64_without_its_padding(self) -> None:
        assert one_part(b"SGFsbG8", "base64") == (b"Hallo", [])

    def test_base64_glued_together(self) -> None:
        assert one_part(b"SGFsbG8=IQ==IQ==", "base64") == (b"Hallo!!", [])

    def test_base64_with_a_footer_below_keeps_the_content(self) -> None:
        content, problems = one_part(b"SGFsbG8h\r\n-- \r\n", "base64")
        assert (content, problems) == (b"Hallo!", [Problem.BAD_ENCODING])

    def test_base64_with_half_a_character_too_many(self) -> None:
        assert one_part(b"SGFsbG8hA", "base64") == (b"Hallo!", [Problem.BAD_ENCODING])

    def test_what_only_says_that_it_is_base64_stays_text(self) -> None:
        content, problems = one_part("Één zin, écht! … (géén) “base64” ’64’".encode(), "base64")
        assert "Één zin".encode() in content
        assert problems == [Problem.BAD_ENCODING]

    @pytest.mark.parametrize("encoding", ["x-uuencode", "nonsense", "quoted printable", "\x00"])
    def test_an_unknown_encoding_is_noted_and_left(self, encoding: str) -> None:
        content, problems = one_part(b"Hallo", encoding)
        assert (content, problems) == (b"Hallo", [Problem.BAD_ENCODING])

    def test_base64_of_nothing_is_nothing(self) -> None:
        assert one_part(b"", "base64") == (b"", [])


class TestContentType:
    @pytest.mark.parametrize(
        ("value", "kind"),
        [
            ("TEXT/HTML; charset=x", "text/html"),
            (" text/plain", "text/plain"),
            ("text", "text/plain"),
            ("", "text/plain"),
            ("/", "text/plain"),
            ("text/ plain", "text/plain"),
            ("application/vnd.ms-excel.sheet.macroEnabled.12", "application/vnd.ms-excel.sheet.macroenabled.12"),
            ("é/é", "text/plain"),
        ],
    )
    def test_it_is_in_lower_case_or_the_default(self, value: str, kind: str) -> None:
        assert Part(b"", Headers({"content-type": [value.encode()]}), 0, 0).content_type == kind


class TestParameters:
    @pytest.mark.parametrize(
        ("disposition", "name"),
        [
            ("attachment; filename=foto.jpg", "foto.jpg"),
            ('attachment; filename="foto stoep.jpg"', "foto stoep.jpg"),
            ('attachment; filename="een \\"twee\\".jpg"', 'een "twee".jpg'),
            ("attachment; filename=foto stoep.jpg", "foto stoep.jpg"),
            ('attachment; filename="foto;stoep.jpg"; size=3', "foto;stoep.jpg"),
            ("attachment; FileName = foto.jpg", "foto.jpg"),
            ("attachment; filename*=UTF-8''caf%C3%A9%20foto.jpg", "café foto.jpg"),
            ("attachment; filename*=utf-8'nl'caf%C3%A9.jpg; filename=cafe.jpg", "café.jpg"),
            ("attachment; filename*=iso-8859-1''caf%E9.jpg", "café.jpg"),
            ('attachment; filename*0="lange "; filename*1="naam.jpg"', "lange naam.jpg"),
            ("attachment; filename*1*=%A9.jpg; filename*0*=utf-8''caf%C3", "café.jpg"),
            ('attachment; filename="=?utf-8?q?caf=C3=A9.jpg?="', "café.jpg"),
            ("attachment; filename==?utf-8?B?Y2Fmw6kuanBn?=", "café.jpg"),
            ('attachment; filename="niet dicht', "niet dicht"),
            ("attachment; filename=", ""),
            ("attachment", ""),
            ("attachment; filename*=utf-8''%", "%"),
            ("attachment; filename*=onzin", "onzin"),
            ("attachment; filename*999=a; filename*0=b", "ba"),
        ],
    )
    def test_a_file_name_in_all_ways_that_programs_write_it(self, disposition: str, name: str) -> None:
        assert filename(Part(b"", Headers({"content-disposition": [disposition.encode()]}), 0, 0)) == name

    def test_a_raw_utf_8_name_is_read(self) -> None:
        assert (
            filename(Part(b"", Headers({"content-disposition": ["attachment; filename=café.jpg".encode()]}), 0, 0))
            == "café.jpg"
        )

    def test_the_name_in_content_type_counts_when_there_is_no_other(self) -> None:
        assert filename(Part(b"", Headers({"content-type": [b"image/jpeg; name=foto.jpg"]}), 0, 0)) == "foto.jpg"

    def test_endless_parameters_end(self) -> None:
        endless = b"attachment" + b"; filename*0=x" * 1000 + b'; a="' + b"\\" * 9000
        assert filename(Part(b"", Headers({"content-disposition": [endless]}), 0, 0)) == "x"
