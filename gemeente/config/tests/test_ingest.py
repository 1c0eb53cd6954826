"""`gemeente ingest`: mail from files, mailboxes, folders and the standard input, and notes; one bad thing stops no other."""

import io
import json
import mailbox
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as conf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemeente.channels.commands import receive_mail
from gemeente.channels.mail.tests.samples import mail
from gemeente.channels.models import IncomingMessage
from gemeente.config import ingest
from gemeente.contact.models import ContactMoment, Question

pytestmark = pytest.mark.django_db
NOTHING = {"accepted": 0, "duplicate": 0, "set_aside": 0, "refused": 0}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict[str, int], str]]:
    """Run the command; return its exit code, its counts, and what it said on the error output."""

    def ingested(*argv: object) -> tuple[int, dict[str, int], str]:
        code = ingest.main([*map(str, argv), "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return ingested


def letters(count: int) -> list[bytes]:
    return [mail(f"Vraag {nth}", message_id=f"<{nth}@voorbeeld.nl>") for nth in range(count)]


def as_mbox(path: Path, mails: list[bytes]) -> Path:
    box = mailbox.mbox(path)
    for raw in mails:
        box.add(raw)
    box.close()
    return path


def kept_originals() -> list[Path]:
    return [one for one in (conf.DATA / "files" / "raw").rglob("*") if one.is_file()]


class TestMail:
    def test_a_file(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "vraag.eml").write_bytes(mail())
        assert run("mail", tmp_path / "vraag.eml") == (0, NOTHING | {"accepted": 1}, "")
        assert Question.objects.get().title == "Mijn vraag"

    def test_an_mbox(self, run: Any, tmp_path: Path) -> None:
        box = as_mbox(tmp_path / "post.mbox", letters(3))
        assert run("mail", box) == (0, NOTHING | {"accepted": 3}, "")
        assert set(ContactMoment.objects.values_list("text", flat=True)) == {"Vraag 0", "Vraag 1", "Vraag 2"}

    def test_a_folder_in_order_with_an_mbox_and_a_folder_in_it(self, run: Any, tmp_path: Path) -> None:
        first, second, *others = letters(4)
        (tmp_path / "b.eml").write_bytes(second)
        (tmp_path / "a.eml").write_bytes(first)
        (tmp_path / "diep").mkdir()
        as_mbox(tmp_path / "diep" / "post", others)
        assert run("mail", tmp_path)[1] == NOTHING | {"accepted": 4}
        assert list(Question.objects.order_by("number").values_list("asked_at", flat=True)) == sorted(
            Question.objects.values_list("asked_at", flat=True)
        )
        assert ContactMoment.objects.order_by("at")[0].text == "Vraag 0"

    def test_of_a_maildir_only_what_was_delivered(self, run: Any, tmp_path: Path) -> None:
        box = mailbox.Maildir(tmp_path / "post")
        for raw in letters(2):
            box.add(raw)
        read = box.get_message(next(iter(box.keys())))
        read.set_subdir("cur")
        box.add(read)
        (tmp_path / "post" / "tmp" / "half").write_bytes(b"From: half")
        (tmp_path / "post" / "dovecot-uidlist").write_text("3 V1")
        assert run("mail", tmp_path / "post")[1] == NOTHING | {"accepted": 2, "duplicate": 1}

    def test_the_standard_input_is_one_mail(self, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(mail())))
        assert run("mail", "-")[1] == NOTHING | {"accepted": 1}

    def test_the_standard_input_is_an_mbox_when_it_begins_like_one(
        self, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        box = as_mbox(tmp_path / "post.mbox", letters(3)).read_bytes()
        assert box.startswith(b"From ")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(box)))
        assert run("mail", "-")[1] == NOTHING | {"accepted": 3}

    def test_again_is_counted_as_double_and_changes_nothing(self, run: Any, tmp_path: Path) -> None:
        box = as_mbox(tmp_path / "post.mbox", letters(2))
        run("mail", box)
        originals = set(kept_originals())
        assert run("mail", box)[:2] == (0, NOTHING | {"duplicate": 2})
        assert Question.objects.count() == 2
        assert set(kept_originals()) == originals

    def test_what_a_machine_sent_is_set_aside(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "ooo.eml").write_bytes(mail(auto_submitted="auto-replied"))
        assert run("mail", tmp_path / "ooo.eml")[:2] == (0, NOTHING | {"set_aside": 1})

    @pytest.mark.parametrize("raw", [b"", b" \r\n\n"])
    def test_nothing_is_refused(self, run: Any, tmp_path: Path, raw: bytes) -> None:
        (tmp_path / "leeg.eml").write_bytes(raw)
        assert run("mail", tmp_path / "leeg.eml")[:2] == (0, NOTHING | {"refused": 1})

    def test_too_much_is_refused_and_the_next_still_comes(
        self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ingest, "MAIL_AT_MOST", 1000)
        (tmp_path / "a.eml").write_bytes(mail("x" * 2000))
        (tmp_path / "b.eml").write_bytes(mail())
        assert run("mail", tmp_path)[:2] == (0, NOTHING | {"accepted": 1, "refused": 1})

    def test_a_source_that_is_not_there_is_named_and_the_others_come(self, run: Any, tmp_path: Path) -> None:
        (tmp_path / "b.eml").write_bytes(mail())
        code, counts, said = run("mail", tmp_path / "weg.eml", tmp_path / "b.eml")
        assert (code, counts) == (1, NOTHING | {"accepted": 1})
        assert "weg.eml: " in said

    def test_one_mail_that_we_stumble_over_does_not_stop_the_mailbox(
        self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumbles(**given: Any) -> Any:
            if b"Vraag 1" in given["raw"]:
                raise LookupError("a fault of ours")
            return receive_mail(**given)

        monkeypatch.setattr(ingest, "receive_mail", stumbles)
        code, counts, _ = run("mail", as_mbox(tmp_path / "post.mbox", letters(3)))
        assert (code, counts) == (1, NOTHING | {"accepted": 2})

    def test_what_was_accepted_but_has_no_thread_yet_is_left_to_the_worker(
        self, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def stumbles(**_: Any) -> Any:
            raise LookupError("a fault of ours")

        monkeypatch.setattr(ingest, "take_in_message", stumbles)
        (tmp_path / "vraag.eml").write_bytes(mail())
        assert run("mail", tmp_path / "vraag.eml")[:2] == (0, NOTHING | {"accepted": 1})
        assert IncomingMessage.objects.get().state == "accepted"

    @given(st.lists(st.binary(min_size=1, max_size=200), max_size=4))
    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_bytes_lie_there_each_file_counts_once(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], contents: list[bytes]
    ) -> None:
        folder = tmp_path / "bytes"
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        contents = [raw for raw in contents if not raw.startswith(b"From ")]
        for nth, raw in enumerate(contents):
            (folder / f"{nth}.eml").write_bytes(raw)
        assert ingest.main(["mail", str(folder), "--json"]) == 0
        assert sum(json.loads(capsys.readouterr().out).values()) == len(contents)

    def test_people_read_the_counts_in_words(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        (tmp_path / "vraag.eml").write_bytes(mail())
        ingest.main(["mail", str(tmp_path / "vraag.eml")])
        assert capsys.readouterr().out == "1 aangenomen, 0 dubbel, 0 apart gelegd, 0 geweigerd\n"


class TestNotes:
    def write(self, folder: Path, content: object) -> Path:
        file = folder / "notitie.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return file

    def test_one_note(self, run: Any, tmp_path: Path) -> None:
        note = {"channel": "phone", "text": "Belt over de stoep.", "name": "Mevrouw Bos", "phone": "06 12345678"}
        assert run("note", self.write(tmp_path, note)) == (0, NOTHING | {"accepted": 1}, "")
        held = Question.objects.get()
        assert (held.channel, held.asker_name, held.asker_phone) == ("phone", "Mevrouw Bos", "06 12345678")

    def test_a_list_of_notes_and_the_same_one_again(self, run: Any, tmp_path: Path) -> None:
        notes = [{"channel": "desk", "text": "Een."}, {"channel": "letter", "text": "Twee."}]
        file = self.write(tmp_path, notes)
        assert run("note", file)[1] == NOTHING | {"accepted": 2}
        assert run("note", file)[:2] == (0, NOTHING | {"duplicate": 2})

    def test_two_notes_with_one_id_are_one(self, run: Any, tmp_path: Path) -> None:
        notes = [{"channel": "desk", "text": text, "id": "balie-1"} for text in ("Een.", "Een, verbeterd.")]
        assert run("note", self.write(tmp_path, notes))[1] == NOTHING | {"accepted": 1, "duplicate": 1}

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"", "truncated"),
            (b"geen json", "malformed"),
            (b"\xff\xfe", "malformed"),
            (b'{"channel":"phone","text":"\xff"}', "utf-8"),
            (b'"tekst"', "Expected `object`"),
            (b"[" * 100_000, "Expected `object`"),
            ({"text": "Zonder kanaal."}, "channel"),
            ({"channel": "phone"}, "text"),
            ({"channel": "telepathie", "text": "x"}, "telepathie"),
            ({"channel": "phone", "text": " "}, "zonder tekst"),
            ({"channel": "phone", "text": 12}, "text"),
            ({"channel": "phone", "text": "x", "bsn": "999990019"}, "bsn"),
            ({"channel": "phone", "text": "x", "at": "gisteren"}, "at"),
            ({"channel": "phone", "text": "x", "id": "x" * 201}, "id"),
            ({"channel": "phone", "text": "x" * 100_001}, "text"),
            ([{"channel": "phone", "text": "Goed."}, {"channel": "phone"}], "[1]"),
            ([{"channel": "phone", "text": "x"}] * 10_001, "meer dan"),
        ],
    )
    def test_what_is_no_note_is_refused_with_the_reason_and_leaves_nothing(
        self, run: Any, tmp_path: Path, content: object, why: str
    ) -> None:
        file = self.write(tmp_path, content)
        code, counts, said = run("note", file)
        assert (code, counts) == (0, NOTHING | {"refused": 1})
        assert said.startswith(f"{file}: ")
        assert why in said
        assert not IncomingMessage.objects.exists()

    def test_a_bad_file_does_not_stop_the_next(self, run: Any, tmp_path: Path) -> None:
        good, bad = tmp_path / "b.json", self.write(tmp_path, b"{")
        good.write_text('{"channel": "desk", "text": "Goed."}')
        assert run("note", bad, tmp_path / "weg.json", good)[:2] == (1, NOTHING | {"accepted": 1, "refused": 1})

    def test_characters_that_no_database_keeps_are_left_out(self, run: Any, tmp_path: Path) -> None:
        note = {"channel": "phone", "text": "Stoep\x00 los\r\nbij 12", "name": "Bos\x00", "subject": "St\x00oep"}
        assert run("note", self.write(tmp_path, note))[1] == NOTHING | {"accepted": 1}
        assert ContactMoment.objects.get().text == "Stoep los\nbij 12"

    @pytest.mark.parametrize(
        ("said", "kept"),
        [
            ("2026-11-24T10:00:00", "2026-11-24T09:00:00+00:00"),  # no zone: as it is in Groningen
            ("2026-11-24T10:00:00Z", "2026-11-24T10:00:00+00:00"),
        ],
    )
    def test_a_moment_without_a_zone_is_local(self, run: Any, tmp_path: Path, said: str, kept: str) -> None:
        run("note", self.write(tmp_path, {"channel": "letter", "text": "x", "at": said}))
        sent_at = IncomingMessage.objects.get().sent_at
        assert sent_at is not None
        assert sent_at.isoformat() == kept


class TestWords:
    @pytest.mark.parametrize("argv", [[], ["mail"], ["fax", "x"], ["mail", "x", "--nonsense"]])
    def test_a_wrong_command_says_how(self, argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            ingest.main(argv)
        assert ended.value.code == 2
        assert "usage: gemeente ingest" in capsys.readouterr().err
