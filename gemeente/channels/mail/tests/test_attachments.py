"""The files in a mail."""

from base64 import encodebytes

import pytest

from gemeente.channels.mail.attachments import ATTACHMENTS_AT_MOST
from gemeente.channels.mail.parse import parse_mail
from gemeente.channels.mail.tests.samples import mail, mixed, multipart, part
from gemeente.channels.mail.types import ParsedAttachment, Problem


def files(raw: bytes) -> tuple[ParsedAttachment, ...]:
    return parse_mail(raw).attachments


def attached(
    disposition: str = "attachment; filename=stoep.jpg", kind: str = "image/jpeg", content: bytes = b"foto"
) -> bytes:
    return mixed(part("Zie de foto."), part(content, kind, content_disposition=disposition))


class TestFile:
    def test_it_works(self) -> None:
        (file,) = files(attached())
        assert file == ParsedAttachment(filename="stoep.jpg", declared_type="image/jpeg", content=b"foto", inline=False)

    def test_its_content_is_as_it_was(self) -> None:
        content = bytes(range(256)) * 300
        encoded = part(
            encodebytes(content),
            "image/jpeg",
            content_transfer_encoding="base64",
            content_disposition="attachment; filename=a.jpg",
        )
        assert files(mixed(part("x"), encoded))[0].content == content

    @pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\autoexec.bat", "gpj.\u202eexe", "a\x00b.jpg"])
    def test_its_name_is_safe_to_show(self, name: str) -> None:
        (file,) = files(attached(f'attachment; filename="{name}"'))
        assert file.filename.isprintable()
        assert not set(file.filename) & set("/\\:\u202e\x00")

    def test_what_it_declares_is_only_what_it_declares(self) -> None:
        (file,) = files(attached(kind="Application/X-MSDownload"))
        assert file.declared_type == "application/x-msdownload"

    @pytest.mark.parametrize(
        ("kind", "name"),
        [
            ("application/pdf", "bijlage.pdf"),
            ("image/png", "bijlage.png"),
            ("text/calendar", "afspraak.ics"),
            ("application/ms-tnef", "winmail.dat"),
            ("application/onzin", "bijlage"),
        ],
    )
    def test_without_a_name_its_kind_names_it(self, kind: str, name: str) -> None:
        assert [file.filename for file in files(attached("attachment", kind))] == [name]

    def test_without_name_and_content_it_is_none(self) -> None:
        assert files(attached("attachment", content=b"")) == ()

    def test_an_empty_file_with_a_name_is_one(self) -> None:
        assert [file.content for file in files(attached(content=b""))] == [b""]

    @pytest.mark.parametrize(
        ("disposition", "inline"), [("inline; filename=a.jpg", True), ("attachment; filename=a.jpg", False)]
    )
    def test_a_picture_in_the_text_is_known_as_such(self, disposition: str, inline: bool) -> None:
        assert [file.inline for file in files(attached(disposition))] == [inline]

    def test_a_picture_that_the_html_shows_is_known_as_such(self) -> None:
        assert [file.inline for file in files(mixed(part("x"), part(b"y", "image/png", content_id="<logo>")))] == [True]

    def test_broken_base64_keeps_what_can_be_read_and_is_noted(self) -> None:
        broken = part(
            "Zm90bw==!!!\n*",
            "image/jpeg",
            content_transfer_encoding="base64",
            content_disposition="attachment; filename=a.jpg",
        )
        read = parse_mail(mixed(part("x"), broken))
        assert (read.attachments[0].content, read.problems) == (b"foto", (Problem.BAD_ENCODING,))

    def test_five_hundred_files_are_bounded_and_noted(self) -> None:
        many = [
            part(b"x", "image/jpeg", content_disposition=f"attachment; filename={number}.jpg") for number in range(500)
        ]
        read = parse_mail(mixed(part("Zie de foto’s."), *many))
        assert (len(read.attachments), read.text) == (ATTACHMENTS_AT_MOST, "Zie de foto’s.")
        assert read.problems == (Problem.TOO_MANY_ATTACHMENTS,)


class TestMailInMail:
    INSIDE = part(mail("Binnenin", subject="Oud: de =?utf-8?q?stoep_=C3=A9n?= /x"), "message/rfc822")

    def test_it_is_a_file_named_after_its_subject(self) -> None:
        read = parse_mail(mixed(part("Zie bijlage"), self.INSIDE))
        assert (read.text, read.attachments[0].filename) == ("Zie bijlage", "Oud_ de stoep én -x.eml")
        assert b"Binnenin" in read.attachments[0].content

    def test_without_a_subject_it_is_a_message(self) -> None:
        assert files(mixed(part("x"), part(mail(subject=None), "message/rfc822")))[0].filename == "bericht.eml"

    def test_a_name_without_extension_gets_one(self) -> None:
        inside = part(mail(), "message/rfc822", content_disposition="attachment; filename=oud")
        assert files(mixed(part("x"), inside))[0].filename == "oud.eml"

    def test_mails_in_mails_in_mails_are_one_file(self) -> None:
        raw = mail("diep")
        for number in range(50):
            raw = mixed(part("x"), part(raw, "message/rfc822"), boundary=f"g{number}")
        assert len(files(raw)) == 1


class TestOutlook:
    def test_winmail_dat_is_noted(self) -> None:
        read = parse_mail(mixed(part("Zie bijlage"), part(b"x\x9f>\x22", "application/ms-tnef; name=winmail.dat")))
        assert (read.attachments[0].filename, read.problems) == ("winmail.dat", (Problem.WINMAIL,))

    def test_winmail_dat_under_another_type_is_noted(self) -> None:
        read = parse_mail(attached("attachment; filename=WINMAIL.DAT", "application/octet-stream"))
        assert read.problems == (Problem.WINMAIL,)


class TestCalendar:
    def test_an_appointment_is_a_file(self) -> None:
        invitation = part("BEGIN:VCALENDAR\nEND:VCALENDAR", "text/calendar; method=REQUEST; charset=utf-8")
        read = parse_mail(mixed(part("Komt u?"), part("<p>Komt u?</p>", "text/html"), invitation, kind="alternative"))
        assert (read.text, [file.filename for file in read.attachments]) == ("Komt u?", ["afspraak.ics"])


class TestProtection:
    def test_signed_with_s_mime(self) -> None:
        raw = mixed(part("Mijn vraag"), part("MIIG", "application/pkcs7-signature; name=smime.p7s"), kind="signed")
        read = parse_mail(raw)
        assert (read.text, read.problems) == ("Mijn vraag", (Problem.SIGNED,))
        assert [file.filename for file in read.attachments] == ["smime.p7s"]

    @pytest.mark.parametrize("kind", ["enveloped-data", "authEnveloped-data", ""])
    def test_sealed_with_s_mime(self, kind: str) -> None:
        content_type = f'application/pkcs7-mime; smime-type="{kind}"; name=smime.p7m'
        read = parse_mail(mail("MIIG", content_type=content_type, content_transfer_encoding="base64"))
        assert read.problems == (Problem.ENCRYPTED,)
        assert [file.filename for file in read.attachments] == ["smime.p7m"]

    def test_signed_and_wrapped_with_s_mime(self) -> None:
        read = parse_mail(mail("MIIG", content_type="application/x-pkcs7-mime; smime-type=signed-data"))
        assert read.problems == (Problem.SIGNED,)

    def test_sealed_with_pgp(self) -> None:
        version = part("Version: 1", "application/pgp-encrypted")
        sealed = part(
            "-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----",
            "application/octet-stream; name=encrypted.asc",
        )
        read = parse_mail(mixed(version, sealed, kind="encrypted"))
        assert Problem.ENCRYPTED in read.problems
        assert [file.filename for file in read.attachments] == ["versie.asc", "encrypted.asc"]

    def test_sealed_and_signed_in_the_text_with_pgp(self) -> None:
        assert parse_mail(mail("-----BEGIN PGP MESSAGE-----\n\nhQEM")).problems == (Problem.ENCRYPTED,)
        assert parse_mail(mail("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nHallo")).problems == (
            Problem.SIGNED,
        )

    def test_signed_with_pgp(self) -> None:
        read = parse_mail(
            mixed(part("Mijn vraag"), part("-----BEGIN PGP SIGNATURE-----", "application/pgp-signature"), kind="signed")
        )
        assert (read.text, read.problems) == ("Mijn vraag", (Problem.SIGNED,))

    def test_an_ordinary_mail_is_neither(self) -> None:
        assert parse_mail(mail()).problems == ()


def test_a_part_that_nests_too_deep_is_kept_as_a_file() -> None:
    raw = part("diep")
    for number in range(30):
        raw = part(multipart(raw, boundary=f"g{number}"), f"multipart/mixed; boundary=g{number}")
    read = parse_mail(mixed(part("x"), raw))
    assert b"diep" in read.attachments[0].content
    assert read.problems == (Problem.TOO_DEEP,)
