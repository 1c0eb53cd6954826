from datetime import UTC, datetime

import pytest
import time_machine

from gemeente.channels.mail.headers import (
    ADDRESSES_AT_MOST,
    BLOCK_AT_MOST,
    NAMES_AT_MOST,
    REFERENCES_AT_MOST,
    VALUE_AT_MOST,
    VALUES_AT_MOST,
    Address,
    addresses,
    decoded,
    message_id,
    message_ids,
    read_headers,
    sent_at,
)


class TestReadHeaders:
    def test_names_are_in_lower_case_and_values_without_spaces_around(self) -> None:
        assert read_headers(b"SUBJECT :  Hallo \r\nto:a@b.nl\r\n").fields == {"subject": [b"Hallo"], "to": [b"a@b.nl"]}

    def test_a_field_over_several_lines_is_one(self) -> None:
        assert read_headers(b"Subject: een\r\n twee\r\n\tdrie\r\n").first("subject").split() == ["een", "twee", "drie"]

    def test_the_same_field_twice_stands_there_twice_in_order(self) -> None:
        assert list(read_headers(b"To: een\nTo: twee\n").all("to")) == ["een", "twee"]

    def test_what_is_no_field_is_passed_over(self) -> None:
        assert read_headers(b"no field\n: no name\nSubject: x\n\xff\xfe: y\n").fields == {"subject": [b"x"]}

    def test_a_continuation_without_a_field_is_passed_over(self) -> None:
        assert read_headers(b" begins with a space\nSubject: x\n").fields == {"subject": [b"x"]}

    def test_raw_utf_8_and_raw_windows_1252_are_read(self) -> None:
        assert read_headers("Subject: Zoë".encode()).first("subject") == "Zoë"
        assert read_headers("Subject: Zoë".encode("cp1252")).first("subject") == "Zoë"

    def test_a_missing_field_is_empty(self) -> None:
        assert read_headers(b"").first("subject") == ""

    def test_an_endless_value_is_cut_and_noted(self) -> None:
        read = read_headers(b"Subject: " + b"x" * 1_000_000 + b"\nTo: a@b.nl\n")
        assert (len(read.first("subject")) < VALUE_AT_MOST, read.too_long, read.first("to")) == (True, True, "a@b.nl")

    def test_endless_continuations_are_cut_and_noted(self) -> None:
        read = read_headers(b"Subject: x\n" + b" y\n" * 500_000 + b"To: a@b.nl\n")
        assert (len(read.first("subject")) <= VALUE_AT_MOST, read.too_long, read.first("to")) == (True, True, "a@b.nl")

    def test_a_head_over_its_bound_is_cut_and_noted(self) -> None:
        assert read_headers(b"A: x\n" * (BLOCK_AT_MOST // 4)).too_long

    def test_names_and_values_are_bounded(self) -> None:
        read = read_headers(b"".join(b"X%d: y\n" % number for number in range(5000)) + b"X1: again\n" * 5000)
        assert len(read.fields) == NAMES_AT_MOST
        assert len(read.fields["x1"]) == VALUES_AT_MOST


class TestDecoded:
    @pytest.mark.parametrize(
        ("value", "words"),
        [
            ("Mijn vraag", "Mijn vraag"),
            ("=?utf-8?q?Caf=C3=A9_open?=", "Café open"),
            ("=?UTF-8?B?Q2Fmw6k=?=", "Café"),
            ("=?iso-8859-1?q?Caf=E9?=", "Café"),
            ("=?windows-1252?q?=93Hallo=94?=", "“Hallo”"),
            ("=?utf-8?q?een?= =?utf-8?q?twee?=", "eentwee"),
            ("=?utf-8?q?een?=\r\n =?utf-8?q?_twee?=", "een twee"),
            ("Re: =?utf-8?q?Caf=C3=A9?= (dicht)", "Re: Café (dicht)"),
            ("=?koi8-r?b?8NLJ18XU?=", "Привет"),
            ("=?utf-8*nl?q?Caf=C3=A9?=", "Café"),
            ("=?us-ascii?q?Caf=C3=A9?=", "Café"),
            ("=?utf-8?q?Caf=E9?=", "Café"),
            ("Zoë =?utf-8?q?en?= Noë", "Zoë en Noë"),
            ("=?unknown-8bit?q?Caf=C3=A9?=", "Café"),
        ],
    )
    def test_words_are_decoded(self, value: str, words: str) -> None:
        assert decoded(value, at_most=100) == words

    @pytest.mark.parametrize(
        "value",
        [
            "=?utf-8?b?###?=",
            "=?utf-8?b?Q?=",
            "=?utf-8?x?abc?=",
            "=?utf-8?q?abc",
            "=??q?abc?=",
            "=?=?=?=",
            "=?zlib?b?eJw=?=",
        ],
    )
    def test_what_is_broken_stays_as_text(self, value: str) -> None:
        assert "\n" not in decoded(value, at_most=100)

    def test_an_encoded_line_end_adds_no_line(self) -> None:
        assert decoded("=?utf-8?q?een=0D=0ABcc:_x?=", at_most=100) == "een Bcc: x"

    def test_encoded_nul_bytes_and_surrogates_go(self) -> None:
        assert decoded("=?utf-16?b?ANgA?= =?utf-8?q?a=00b?=", at_most=100).isprintable()


class TestAddresses:
    @pytest.mark.parametrize(
        ("value", "name", "email"),
        [
            ("hiltje@voorbeeld.nl", "", "hiltje@voorbeeld.nl"),
            ("<hiltje@voorbeeld.nl>", "", "hiltje@voorbeeld.nl"),
            ("Hiltje de Vries <hiltje@voorbeeld.nl>", "Hiltje de Vries", "hiltje@voorbeeld.nl"),
            ('"Vries, Hiltje de" <hiltje@voorbeeld.nl>', "Vries, Hiltje de", "hiltje@voorbeeld.nl"),
            ('"Hiltje \\"Hil\\" de Vries" <hiltje@voorbeeld.nl>', 'Hiltje "Hil" de Vries', "hiltje@voorbeeld.nl"),
            ("'Hiltje de Vries' <hiltje@voorbeeld.nl>", "Hiltje de Vries", "hiltje@voorbeeld.nl"),
            ("=?utf-8?q?Zo=C3=AB?= <zoe@voorbeeld.nl>", "Zoë", "zoe@voorbeeld.nl"),
            ('"=?utf-8?q?Zo=C3=AB?=" <zoe@voorbeeld.nl>', "Zoë", "zoe@voorbeeld.nl"),
            ("hiltje@voorbeeld.nl (Hiltje de Vries)", "Hiltje de Vries", "hiltje@voorbeeld.nl"),
            ("Hiltje <Hiltje.DeVries@Voorbeeld.NL>", "Hiltje", "Hiltje.DeVries@voorbeeld.nl"),
            ("<mailto:hiltje@voorbeeld.nl>", "", "hiltje@voorbeeld.nl"),
            ("Hiltje < hiltje@voorbeeld.nl >", "Hiltje", "hiltje@voorbeeld.nl"),
            ("hiltje@voorbeeld.nl <hiltje@voorbeeld.nl>", "hiltje@voorbeeld.nl", "hiltje@voorbeeld.nl"),
            ("Jan [kantoor] <jan@voorbeeld.nl>", "Jan [kantoor]", "jan@voorbeeld.nl"),
            ("Jan <jan@münchen.example>", "Jan", "jan@münchen.example"),
            ("jürgen@voorbeeld.nl", "", "jürgen@voorbeeld.nl"),
            ("Jan <jan@voorbeeld.nl.>", "Jan", "jan@voorbeeld.nl"),
            ("Jan <jan+stoep@voorbeeld.nl>", "Jan", "jan+stoep@voorbeeld.nl"),
            ("\"Jan", "", ""),
            ("Jan de Vries", "", ""),
            ("", "", ""),
            ("undisclosed-recipients:;", "", ""),
            ("MAILER-DAEMON", "", ""),
        ],
    )  # fmt: skip
    def test_one(self, value: str, name: str, email: str) -> None:
        found = addresses(value)
        assert found == ((Address(name, email),) if email else ())

    def test_several_and_groups(self) -> None:
        value = 'een@b.nl, "Twee, T" <twee@b.nl>; Team: drie@b.nl, Vier <vier@b.nl>;'
        assert [one.email for one in addresses(value)] == ["een@b.nl", "twee@b.nl", "drie@b.nl", "vier@b.nl"]

    @pytest.mark.parametrize("value", ['"a@b.nl" <c@d.nl>', "a@b.nl <c@d.nl>", "(a@b.nl) c@d.nl"])
    def test_an_address_in_a_name_is_not_the_address(self, value: str) -> None:
        assert [one.email for one in addresses(value)] == ["c@d.nl"]

    @pytest.mark.parametrize(
        "value",
        ["a@b.nl\r\nBcc: c@d.nl", "<a@b.nl\x00>", "a\x00@b.nl", "<\u202ea@b.nl>", "a@b.nl\u200b", "a b@c.nl"],
    )
    def test_what_comes_out_is_one_plain_address(self, value: str) -> None:
        for one in addresses(value):
            assert one.email.isprintable()
            assert one.email.count("@") == 1
            assert " " not in one.email

    def test_they_are_bounded(self) -> None:
        assert len(addresses("a@b.nl," * 5000)) == ADDRESSES_AT_MOST

    @pytest.mark.parametrize(
        "hostile", ["(" * 16_000, "<" * 16_000, '"' * 15_999, "\\" * 16_000, "a:" * 8000, "(" * 8000 + ")" * 8000]
    )
    def test_nesting_raises_nothing(self, hostile: str) -> None:
        addresses(hostile)


class TestMessageIds:
    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("<abc@voorbeeld.nl>", "<abc@voorbeeld.nl>"),
            (" <abc@voorbeeld.nl> (added by a server)", "<abc@voorbeeld.nl>"),
            ("abc@voorbeeld.nl", "<abc@voorbeeld.nl>"),
            ("<abc>", "<abc>"),
            ("<a[b]c$=/+@voorbeeld.nl>", "<a[b]c$=/+@voorbeeld.nl>"),
            ("", ""),
            ("<>", ""),
            ("<a b@c.nl>", ""),
            ("<é@voorbeeld.nl>", ""),
            ("<" + "a" * 5000 + "@b.nl>", ""),
        ],
    )
    def test_one(self, value: str, found: str) -> None:
        assert message_id(value) == found

    def test_references_are_the_last_ones_each_once(self) -> None:
        value = " ".join(f"<{number}@b.nl>" for number in range(5000)) + " <4999@b.nl> nonsense <4998@b.nl>"
        found = message_ids(value)
        assert len(found) == REFERENCES_AT_MOST
        assert found[-1] == "<4999@b.nl>"

    def test_outlook_folds_ids_without_spaces(self) -> None:
        assert message_ids("<a@b.nl><c@d.nl>\r\n\t<e@f.nl>") == ("<a@b.nl>", "<c@d.nl>", "<e@f.nl>")


class TestSentAt:
    @pytest.mark.parametrize(
        ("value", "moment"),
        [
            ("Mon, 23 Nov 2026 10:00:00 +0100", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("23 Nov 2026 10:00:00 +0100", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 2026 09:00:00 GMT", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 2026 09:00:00 -0000", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 2026 09:00:00", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 2026 04:00 EST", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 2026 10:00:00 +0100 (CET)", datetime(2026, 11, 23, 9, tzinfo=UTC)),
            ("Mon, 23 Nov 26 10:00:00 +0100", datetime(2026, 11, 23, 9, tzinfo=UTC)),
        ],
    )
    @time_machine.travel("2026-11-24T12:00:00+01:00", tick=False)
    def test_a_date_as_programs_write_it(self, value: str, moment: datetime) -> None:
        assert sent_at(value) == moment

    @pytest.mark.parametrize(
        "value",
        [
            "", "gisteren", "Mon, 32 Nov 2026 10:00:00 +0100", "Mon, 23 Nov 2026 25:00:00 +0100",
            "Thu, 01 Jan 1970 00:00:00 +0000", "Mon, 23 Nov 2126 10:00:00 +0100", "Mon, 23 Nov 99999 10:00:00 +0100",
            "Mon, 23 Nov 2026 10:00:00 +9999", "00 00 00", "-1 Jan -1", "\x00",
            "1" * 5000, "Mon, 23 Nov 2026 10:00:00 +99999999999999999999", "Fri, 31 Dec 9999 23:59:59 -2359",
        ],
    )  # fmt: skip
    @time_machine.travel("2026-11-24T12:00:00+01:00", tick=False)
    def test_what_is_no_date_or_cannot_be_true_is_none(self, value: str) -> None:
        assert sent_at(value) is None

    @time_machine.travel("2026-11-24T12:00:00+01:00", tick=False)
    def test_a_clock_that_runs_a_little_ahead_is_believed(self) -> None:
        assert sent_at("Tue, 24 Nov 2026 20:00:00 +0100") is not None
