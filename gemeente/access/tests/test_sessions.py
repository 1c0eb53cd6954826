"""Who acts is read from the session at each request; a session that ended costs nobody what they typed."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from gemeente.access.models import Employee
from gemeente.access.types import Actor, Role
from gemeente.config.tests.people import employee_with, log_in, register_resident

pytestmark = pytest.mark.django_db
ME = "/inloggen/klaar/"


@pytest.fixture
def hiltje() -> Actor:
    return register_resident()


def become(client: Client, who: str, **more: str) -> Any:
    return client.post(ME, {"als": who} | more)


class TestLoggingIn:
    def test_a_resident_comes_home_and_an_employee_at_work(self, client: Client, hiltje: Actor) -> None:
        employee_with(Role.KCC, username="jan")
        assert become(client, f"resident:{hiltje.id}")["Location"] == "/"
        assert become(client, "employee:jan")["Location"] == "/werk/"
        assert client.get("/werk/").status_code == 200

    def test_a_planted_session_key_is_replaced(self, client: Client, hiltje: Actor) -> None:
        planted = client.session
        planted["row"] = "mine"
        planted.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = str(planted.session_key)
        become(client, f"resident:{hiltje.id}")
        assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted.session_key
        assert not Session.objects.filter(session_key=planted.session_key).exists()

    @pytest.mark.parametrize("then", ["https://elders.example/", "//elders.example", "javascript:alert(1)", ""])
    def test_nobody_is_sent_to_another_site(self, client: Client, hiltje: Actor, then: str) -> None:
        assert become(client, f"resident:{hiltje.id}", then=then)["Location"] == "/"

    def test_afterwards_one_is_where_one_was_going(self, client: Client, hiltje: Actor) -> None:
        sent_away = client.get("/vragen/?klaar=ja")["Location"]
        assert sent_away == "/inloggen/?then=%2Fvragen%2F%3Fklaar%3Dja"
        assert become(client, f"resident:{hiltje.id}", then="/vragen/?klaar=ja")["Location"] == "/vragen/?klaar=ja"

    @pytest.mark.parametrize("who", ["", "resident:", "employee:nobody", "system:Werk", "resident:x", "anonymous:x"])
    def test_whom_we_do_not_know_does_not_come_in(self, client: Client, who: str) -> None:
        assert become(client, who).status_code == 403
        assert client.get("/vragen/").status_code == 302

    def test_outside_the_demonstration_nobody_comes_in_without_proof(self, client: Client, hiltje: Actor) -> None:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(settings, "DEMONSTRATION", False)
            assert become(client, f"resident:{hiltje.id}").status_code == 403

    def test_logging_out_ends_the_session(self, client: Client, hiltje: Actor) -> None:
        become(client, f"resident:{hiltje.id}")
        key = client.session.session_key
        client.post("/uitloggen/")
        assert not Session.objects.filter(session_key=key).exists()
        assert client.get("/vragen/").status_code == 302


class TestEachRequest:
    def test_a_role_that_was_taken_away_is_gone_at_once(self, client: Client) -> None:
        log_in(client, employee_with(Role.KCC, username="jan"))
        assert client.get("/werk/").status_code == 200
        employee_with(Role.ADMINISTRATOR, username="jan")
        assert client.get("/werk/").status_code == 403

    def test_who_left_is_logged_out_at_once(self, client: Client) -> None:
        log_in(client, employee_with(Role.KCC))
        Employee.objects.update(active=False)
        assert client.get("/werk/").status_code == 302

    @pytest.mark.parametrize("cookie", ["", "nonsense", "x" * 5000])
    def test_a_made_up_cookie_is_nobody(self, client: Client, cookie: str) -> None:
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        assert client.get("/vragen/").status_code == 302
        assert client.get("/stel-uw-vraag/").status_code == 200


class TestEndedSession:
    def test_what_was_typed_stands_on_the_page_to_send_again(self, client: Client) -> None:
        answer = client.post("/vragen/2026-10001/", {"text": "Mijn <lange> verhaal", "token": "t1", "do": "send"})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Mijn &lt;lange&gt; verhaal" in page
        assert '<input type="hidden" name="token" value="t1">' in page
        assert 'action="/vragen/2026-10001/"' in page
        assert 'href="/inloggen/" target="_blank" rel="noopener"' in page

    def test_it_is_sent_after_logging_in_again(self, hiltje: Actor) -> None:
        client = Client(enforce_csrf_checks=True)
        token = client.get("/stel-uw-vraag/").cookies["csrftoken"].value
        kept = client.post("/werk/zoek/", {"q": "vries", "csrfmiddlewaretoken": token})
        assert kept.status_code == 403
        assert "vries" in kept.content.decode()
        log_in(client, employee_with(Role.KCC))
        again = client.post("/werk/zoek/", {"q": "vries", "csrfmiddlewaretoken": kept.context["csrf_token"]})
        assert again.status_code == 200
        assert "Hiltje Vries" in again.content.decode()

    def test_who_typed_nothing_just_logs_in(self, client: Client) -> None:
        assert client.post("/vragen/2026-10001/")["Location"].startswith("/inloggen/?then=")
