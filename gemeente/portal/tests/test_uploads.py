"""Files with a question or a reply: known by their content, kept while something else is put right, never run."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gemeente.access.types import Actor, Role
from gemeente.channels.files import FILES_AT_MOST
from gemeente.channels.models import Attachment, IncomingMessage
from gemeente.channels.types import NewFile
from gemeente.config.tests.people import employee_with, log_in, register_resident
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.tests.talk import ask, say
from gemeente.portal.tests.pages import ASK, PNG, blank, filled, says

pytestmark = pytest.mark.django_db


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


def file(name: str = "stoep.png", content: bytes = PNG) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


class TestSending:
    def test_files_arrive_with_the_question(self, client: Client) -> None:
        client.post(ASK, filled(client) | {"documents": [file(), file("brief.pdf", b"%PDF-1.7\n")]}, follow=True)
        kept = Attachment.objects.order_by("name")
        assert [(one.name, one.content_type) for one in kept] == [
            ("brief.pdf", "application/pdf"),
            ("stoep.png", "image/png"),
        ]
        assert {one.moment for one in kept} == {ContactMoment.objects.get().id}

    @pytest.mark.parametrize(
        "content",
        [b"MZ\x90\x00", b"<html><script>alert(1)</script>", b"#!/bin/sh\n", b"PK\x03\x04zip", b"GIF"],
    )
    def test_a_name_or_a_claim_makes_no_photo(self, client: Client, content: bytes) -> None:
        answer = client.post(ASK, filled(client) | {"documents": [file(content=content)]})
        assert answer.status_code == 422
        assert says(answer, "Wij kunnen “stoep.png” niet openen")
        assert says(answer, "De stoep ligt los.")
        assert not IncomingMessage.objects.exists()
        assert not Attachment.objects.exists()

    def test_each_bad_file_is_named_and_the_good_ones_are_kept(self, client: Client) -> None:
        chosen = [file("goed.png"), file("een.exe", b"MZ"), file("twee.exe", b"MZ")]
        answer = client.post(ASK, filled(client) | {"documents": chosen})
        assert says(answer, "“een.exe”")
        assert says(answer, "“twee.exe”")
        assert [one.name for one in answer.context["form"].held] == ["goed.png"]

    def test_too_much_together_is_refused_and_what_fits_is_kept(self, client: Client) -> None:
        big = PNG + bytes(11_000_000)
        answer = client.post(ASK, filled(client) | {"documents": [file("een.png", big), file("twee.png", big)]})
        assert answer.status_code == 422
        assert says(answer, "samen groter dan 20 MB")
        assert [one.name for one in answer.context["form"].held] == ["een.png"]

    def test_no_more_than_a_handful(self, client: Client) -> None:
        chosen = [file(f"{nth}.png") for nth in range(FILES_AT_MOST + 1)]
        answer = client.post(ASK, filled(client) | {"documents": chosen})
        assert answer.status_code == 422
        assert says(answer, f"“{FILES_AT_MOST}.png” kan er niet meer bij")

    def test_a_name_from_outside_is_cleaned(self, client: Client) -> None:
        client.post(ASK, filled(client) | {"documents": [file("<b>stoep</b>.png")]}, follow=True)
        assert not set("<>/") & set(Attachment.objects.get().name)


class TestKeeping:
    def test_a_mistake_elsewhere_costs_nobody_their_photo(self, client: Client) -> None:
        form = filled(client)
        first = client.post(ASK, form | {"email": "fout", "documents": [file()]})
        assert says(first, "stoep.png")
        client.post(ASK, form, follow=True)
        assert Attachment.objects.get().moment == ContactMoment.objects.get().id

    def test_a_photo_is_taken_out_and_nothing_else_is_lost_or_sent(self, client: Client) -> None:
        form = filled(client, wish="Een veilige stoep", email="fout")
        client.post(ASK, form | {"documents": [file()]})
        answer = client.post(ASK, form | {"drop": str(Attachment.objects.get().id)})
        assert answer.status_code == 200
        assert not Attachment.objects.exists()
        assert not IncomingMessage.objects.exists()
        for value in form.values():
            assert says(answer, value)

    def test_nobody_takes_out_anothers_photo(self, client: Client) -> None:
        client.post(ASK, filled(client, email="fout") | {"documents": [file()]})
        client.post(ASK, filled(client) | {"drop": str(Attachment.objects.get().id)})
        assert Attachment.objects.exists()

    def test_a_photo_that_was_sent_is_not_taken_out_any_more(self, client: Client) -> None:
        form = filled(client)
        client.post(ASK, form | {"documents": [file()]}, follow=True)
        client.post(ASK, form | {"drop": str(Attachment.objects.get().id)})
        assert Attachment.objects.exists()

    def test_a_new_form_does_not_ask_the_database_for_files(
        self, client: Client, django_assert_num_queries: Any
    ) -> None:
        with django_assert_num_queries(0):
            client.get(ASK)


class TestReplying:
    @pytest.fixture
    def held(self, client: Client, hiltje: Actor) -> Question:
        log_in(client, hiltje)
        return ask(by=hiltje)

    def test_a_photo_alone_with_a_few_words_goes_with_the_reply(self, client: Client, held: Question) -> None:
        path = f"/vragen/{held.number}/"
        client.post(path, blank(client, path) | {"text": "Hier is hij.", "documents": [file()]})
        assert Attachment.objects.get().moment == ContactMoment.objects.latest("at").id

    def test_taking_a_photo_out_sends_nothing(self, client: Client, held: Question) -> None:
        path = f"/vragen/{held.number}/"
        form = blank(client, path) | {"text": ""}
        assert client.post(path, form | {"documents": [file()]}).status_code == 422
        answer = client.post(path, form | {"text": "Toch zonder foto.", "drop": str(Attachment.objects.get().id)})
        assert answer.status_code == 200
        assert says(answer, "Toch zonder foto.")
        assert not Attachment.objects.exists()
        assert ContactMoment.objects.count() == 1


class TestHandingOut:
    def page(self) -> NewFile:
        return NewFile(name="pagina.html", content_type="text/html", content=b"<script>alert(1)</script>")

    def attached(self, **more: Any) -> Attachment:
        say(files=(self.page(),), **more)
        return Attachment.objects.latest("id")

    def test_it_is_saved_and_never_run(self, client: Client, hiltje: Actor) -> None:
        log_in(client, hiltje)
        answer = client.get(f"/documenten/{self.attached(by=hiltje).id}/")
        assert answer.content == self.page().content
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"] == 'attachment; filename="pagina.html"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "no-store"

    def test_anothers_looks_as_if_it_never_was(self, client: Client, hiltje: Actor) -> None:
        log_in(client, register_resident(given="Jelle"))
        for attachment in (self.attached(by=hiltje).id, self.attached().id, uuid4()):
            assert client.get(f"/documenten/{attachment}/").status_code == 404

    def test_what_waits_in_a_form_or_stands_in_a_note_is_not_handed_out(self, client: Client, hiltje: Actor) -> None:
        client.post(ASK, filled(client, email="fout") | {"documents": [file()]})
        waiting = Attachment.objects.get()
        noted = self.attached(by=hiltje)
        ContactMoment.objects.update(internal=True)
        log_in(client, hiltje)
        for attachment in (waiting, noted):
            assert client.get(f"/documenten/{attachment.id}/").status_code == 404

    def test_an_employee_has_another_door(self, client: Client, hiltje: Actor) -> None:
        log_in(client, employee_with(Role.KCC))
        assert client.get(f"/documenten/{self.attached(by=hiltje).id}/").status_code == 403
