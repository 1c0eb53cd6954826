"""Files that people send: known by their content, kept while a form is put right, and never run by a browser."""

import io
import zipfile
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
import time_machine
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from gemeente.access.types import system
from gemeente.channels import files
from gemeente.channels.commands import receive_message
from gemeente.channels.files import FILES_AT_MOST, HELD_AT_MOST, TOGETHER_AT_MOST
from gemeente.channels.mail.clean import FILENAME_AT_MOST
from gemeente.channels.models import Attachment
from gemeente.channels.types import AttachmentCard, Channel, NewFile, NewMessage, Sender
from gemeente.kernel.errors import DomainError

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT_DOCUMENT = "application/vnd.oasis.opendocument.text"


def picture(kind: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(made, kind)
    return made.getvalue()


def zipped(*entries: tuple[str, str], stored: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as opened:
        for name, content in entries:
            opened.writestr(name, content)
    return made.getvalue()


def apple(*brands: bytes) -> bytes:
    """Return the begin of a photo or film in an ISO container, of these brands."""
    box = b"ftyp" + brands[0] + bytes(4) + b"".join(brands[1:])
    return (len(box) + 4).to_bytes(4, "big") + box + bytes(200)


TYPES = ("[Content_Types].xml", "<Types/>")
WELCOME = {
    "jpeg": (picture("JPEG"), "image/jpeg"),
    "png": (picture("PNG"), "image/png"),
    "gif": (picture("GIF"), "image/gif"),
    "webp": (picture("WEBP"), "image/webp"),
    "iphone": (apple(b"heic", b"mif1", b"miaf", b"MiHE", b"heic"), "image/heic"),
    "samsung": (apple(b"mif1", b"mif1", b"heic"), "image/heic"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
    "word": (zipped(TYPES, ("_rels/.rels", "<x/>"), ("word/document.xml", "<x/>")), WORD),
    "word online": (zipped(TYPES, ("word/document2.xml", "<x/>")), WORD),
    "libreoffice": (zipped(("mimetype", TEXT_DOCUMENT), ("content.xml", "<x/>"), stored=True), TEXT_DOCUMENT),
}
UNWELCOME = {
    "page": b"<!doctype html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "programme": b"MZ" + bytes(300),
    "linux programme": b"\x7fELF" + bytes(300),
    "script": b"#!/bin/sh\nrm -rf /\n",
    "zip": zipped(("virus.exe", "MZ")),
    "sheet": zipped(TYPES, ("xl/workbook.xml", "<x/>")),
    "word with macros": zipped(TYPES, ("word/document.xml", "<x/>"), ("word/vbaProject.bin", "x")),
    "jar": zipped(("META-INF/MANIFEST.MF", "x")),
    "drawing": zipped(("mimetype", "application/vnd.oasis.opendocument.graphics"), stored=True),
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "film": apple(b"mp42", b"isom"),
    "text": b"Hallo",
    "nothing": b"",
}


class TestCheck:
    @pytest.mark.parametrize(("content", "kind"), WELCOME.values(), ids=WELCOME.keys())
    def test_a_photo_or_document_is_known_by_its_content(self, content: bytes, kind: str) -> None:
        assert files.check_file("foto", content) == NewFile(name="foto", content_type=kind, content=content)

    @pytest.mark.parametrize("content", UNWELCOME.values(), ids=UNWELCOME.keys())
    def test_anything_else_is_refused_by_its_content_whatever_its_name(self, content: bytes) -> None:
        with pytest.raises(DomainError, match=r"“foto\.jpg” niet openen"):
            files.check_file("foto.jpg", content)

    def test_a_file_over_twenty_megabytes_is_refused(self) -> None:
        photo = picture("PNG")
        at_most = photo + bytes(TOGETHER_AT_MOST - len(photo))
        assert files.check_file("a.png", at_most).content_type == "image/png"
        with pytest.raises(DomainError, match="groter dan 20 MB"):
            files.check_file("a.png", at_most + b"x")

    @given(
        st.binary(max_size=300)
        | st.sampled_from([b"PK\x03\x04", b"%PDF", b"\xff\xd8\xff", b"\x00\x00\x00\x20ftyp"]).flatmap(
            lambda begin: st.binary(max_size=100).map(begin.__add__)
        )
    )
    def test_any_bytes_have_a_kind(self, content: bytes) -> None:
        assert "/" in files.content_type_of(content)

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd", "C:\\a\\foto.jpg", "x\r\ny.jpg", "gpj.\u202eexe", "", "..", "\x00", "a" * 5000]
    )
    def test_a_name_is_safe_and_never_empty(self, name: str) -> None:
        shown = files.check_file(name, picture("PNG")).name
        assert shown.isprintable()
        assert 0 < len(shown) <= FILENAME_AT_MOST
        assert not set(shown) & set("/\\")


def new(name: str = "foto.png", content: bytes = b"foto") -> NewFile:
    return NewFile(name=name, content_type="image/png", content=content)


def stored_as(card: AttachmentCard) -> str:
    return Attachment.objects.get(id=card.id).stored_as


def send(token: UUID) -> UUID:
    message = NewMessage(
        channel=Channel.WEB, channel_id=str(token), text="Zie de foto", sender=Sender(name="Hiltje"), held_files=token
    )
    return receive_message(actor=system("Test"), message=message)[1]


@pytest.mark.django_db
class TestKeep:
    def test_what_is_kept_comes_back_as_it_was(self) -> None:
        moment = uuid4()
        files.store((new(content=bytes(range(256))),), moment=moment)
        kept = Attachment.objects.get(moment=moment)
        card = AttachmentCard(id=kept.id, name="foto.png", content_type="image/png", size=256)
        assert files.read(kept.id) == (card, moment, bytes(range(256)))

    def test_what_is_not_there_is_none(self) -> None:
        assert files.read(uuid4()) is None

    def test_a_name_says_nothing_about_where_it_lies(self) -> None:
        moment = uuid4()
        files.store((new("../../../settings.py"), new("../../../settings.py")), moment=moment)
        places = set(Attachment.objects.filter(moment=moment).values_list("stored_as", flat=True))
        assert len(places) == 2
        assert not any("settings" in place or ".." in place for place in places)


@pytest.mark.django_db
class TestHold:
    def test_a_chosen_file_is_kept_while_the_form_is_put_right(self) -> None:
        token = uuid4()
        files.hold(token, new())
        assert [card.name for card in files.held(token)] == ["foto.png"]
        assert files.held(uuid4()) == []

    def test_it_goes_along_with_the_message_and_leaves_the_form(self) -> None:
        token = uuid4()
        files.hold(token, new())
        message = send(token)
        assert list(Attachment.objects.filter(incoming=message).values_list("name", flat=True)) == ["foto.png"]
        assert files.held(token) == []

    def test_the_eleventh_file_is_refused_by_name(self) -> None:
        token = uuid4()
        for number in range(FILES_AT_MOST):
            files.hold(token, new(f"{number}.png"))
        with pytest.raises(DomainError, match=r"“te-veel\.png” kan er niet meer bij"):
            files.hold(token, new("te-veel.png"))
        assert len(files.held(token)) == FILES_AT_MOST

    def test_together_they_stay_below_twenty_megabytes(self) -> None:
        token = uuid4()
        files.hold(token, new(content=bytes(TOGETHER_AT_MOST - 10)))
        files.hold(token, new(content=bytes(10)))
        with pytest.raises(DomainError, match="samen groter dan 20 MB"):
            files.hold(token, new(content=b"x"))

    def test_a_file_that_was_taken_out_is_gone_with_its_bytes(self) -> None:
        token = uuid4()
        files.hold(token, new())
        (card,) = files.held(token)
        place = stored_as(card)
        files.drop(token, card.id)
        assert files.held(token) == []
        assert not default_storage.exists(place)

    def test_nobody_takes_a_file_out_of_another_s_form(self) -> None:
        token = uuid4()
        files.hold(token, new())
        files.drop(uuid4(), files.held(token)[0].id)
        assert len(files.held(token)) == 1

    def test_what_was_never_sent_is_forgotten_after_two_days_and_what_was_sent_stays(self) -> None:
        kept, forgotten, fresh = uuid4(), uuid4(), uuid4()
        for token in (kept, forgotten):
            files.hold(token, new())
        message = send(kept)
        place = stored_as(files.held(forgotten)[0])
        with time_machine.travel(HELD_AT_MOST + timedelta(minutes=1)):
            files.hold(fresh, new())
            assert files.forget_held() == 1
        assert not default_storage.exists(place)
        assert files.held(forgotten) == []
        assert len(files.held(fresh)) == 1
        sent = Attachment.objects.get(incoming=message)
        assert default_storage.exists(sent.stored_as)


class TestDownload:
    def answer(self, name: str = "foto.png") -> dict[str, str]:
        card = AttachmentCard(id=uuid4(), name=name, content_type="text/html", size=3)
        return dict(files.as_download(card, b"<b>").items())

    def test_a_browser_saves_it_and_never_shows_or_runs_it(self) -> None:
        headers = self.answer()
        assert headers["Content-Type"] == "application/octet-stream"
        assert headers["Content-Disposition"] == 'attachment; filename="foto.png"'
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"

    @pytest.mark.parametrize("name", ['a"; filename="b.exe', "a\r\nSet-Cookie: x=y", "café ✓.pdf", "a;b.pdf"])
    def test_a_name_cannot_change_the_headers(self, name: str) -> None:
        headers = self.answer(files.clean_name(name))
        assert headers["Content-Disposition"].startswith("attachment; filename")
        assert "\n" not in headers["Content-Disposition"]
        assert set(headers) == {
            "Content-Type",
            "Content-Disposition",
            "X-Content-Type-Options",
            "Content-Security-Policy",
        }
