"""The organisation comes from a file; what leaves the file is kept for what was, and gets nothing new."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gemeente.access.commands import enrol_employee, load_organisation
from gemeente.access.models import Department, Employee, Team
from gemeente.access.queries import contact_card, employee_actor, employee_by_username, teams
from gemeente.access.types import Actor, Role
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.config.tests.people import ADMINISTRATOR, employee_with
from gemeente.contact.models import Question
from gemeente.contact.rules import CATCH_ALL_TEAM
from gemeente.contact.tests.talk import ask
from gemeente.contact.understanding import understand
from gemeente.kernel.errors import NotAllowed
from gemeente.kernel.ids import new_id
from gemeente.products.queries import catalogue
from gemeente.workspace.forms import NoteForm

pytestmark = pytest.mark.django_db
SMALL = """
[[department]]
key = "publiekszaken"
name = "Publiek"
teams = [{ key = "kcc", name = "KCC" }]
"""


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Forget the organisation of a test, which its transaction takes back."""
    yield
    teams.cache_clear()


def load(folder: Path, text: str) -> int:
    file = folder / "organisation.toml"
    file.write_text(text, encoding="utf-8")
    return load_organisation(file)


class TestLoad:
    def test_the_shipped_one_has_a_team_for_every_product_and_for_what_fits_nowhere(self) -> None:
        assert load_organisation(SHIPPED_ORGANISATION) == len(teams())
        assert teams()[CATCH_ALL_TEAM].active
        assert {product.team for product in catalogue().values()} <= set(teams())

    def test_loading_again_changes_nothing(self) -> None:
        before = [list(model.objects.order_by("pk").values()) for model in (Department, Team)]
        load_organisation(SHIPPED_ORGANISATION)
        assert [list(model.objects.order_by("pk").values()) for model in (Department, Team)] == before

    def test_what_left_the_file_is_kept_but_not_active(self, tmp_path: Path) -> None:
        assert load(tmp_path, SMALL) == 1
        assert (teams()["kcc"].name, teams()["kcc"].department_name) == ("KCC", "Publiek")
        assert not teams()["wegen"].active

    def test_it_becomes_active_again_with_the_file(self, tmp_path: Path) -> None:
        load(tmp_path, SMALL)
        load_organisation(SHIPPED_ORGANISATION)
        assert teams()["wegen"].active

    @pytest.mark.parametrize(
        "text", ["", "[[department]]\nname = 'x'\nteams = []", '[[department]]\nkey = "x"\nname = "X"\nteams = [{}]']
    )
    def test_a_broken_file_changes_nothing(self, tmp_path: Path, text: str) -> None:
        with pytest.raises(KeyError):
            load(tmp_path, text)
        assert Team.objects.filter(active=False).count() == 0


class TestTeamThatIsGone:
    def test_its_questions_are_still_read(self, tmp_path: Path) -> None:
        held = ask(team="wegen", email="iemand@voorbeeld.nl")
        load(tmp_path, SMALL)
        assert teams()[Question.objects.get(id=held.id).team].name == "Wegen en stoepen"

    def test_it_gets_nothing_new(self, tmp_path: Path) -> None:
        load(tmp_path, SMALL)
        for words in ("De stoep ligt los", "Mijn paspoort is verlopen", "Ik wil een uitkering aanvragen"):
            assert understand(words).team == CATCH_ALL_TEAM
        offered = {key for key, _ in NoteForm().fields["team"].choices}  # type: ignore[attr-defined]  # a ChoiceField
        assert offered == {"", "kcc"}


class TestEmployees:
    def test_today_roles_and_teams_hold(self) -> None:
        before = employee_with(Role.KCC, username="jan")
        after = employee_with(Role.SPECIALIST, teams=("wegen", "groen"), username="jan")
        assert before.id == after.id
        assert after.roles == {Role.SPECIALIST}
        assert after.teams == {"wegen", "groen"}

    def test_who_left_is_nobody(self) -> None:
        jan = employee_with(Role.KCC, username="jan")
        Employee.objects.update(active=False)
        assert employee_actor(jan.key) is None
        assert employee_by_username("jan") is None
        assert contact_card(jan.key) is None

    def test_nobody_is_nobody(self) -> None:
        assert employee_actor(new_id()) is None
        assert employee_by_username("") is None

    @pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
    def test_only_an_administrator_enrols(self, role: Role) -> None:
        actor = employee_with(role)
        with pytest.raises(NotAllowed):
            enrol(actor)

    def test_a_resident_knows_somebody_by_name_number_and_days(self) -> None:
        enrol(ADMINISTRATOR, phone="050 1234567", works_days="Maandag en dinsdag")
        known = employee_by_username("noor")
        assert known is not None
        card = contact_card(known)
        assert card is not None
        assert (card.name, card.phone, card.works_days) == ("Noor Bakker", "050 1234567", "Maandag en dinsdag")


def enrol(actor: Actor, **more: str) -> None:
    enrol_employee(
        actor=actor,
        username="noor",
        name="Noor Bakker",
        roles=[Role.KCC],
        teams=["kcc"],
        department="publiekszaken",
        **more,
    )
