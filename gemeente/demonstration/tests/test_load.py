"""The made-up municipality: its files are whole, its people and promises agree, and it loads at any hour, once."""

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from gemeente.access.types import Role
from gemeente.channels.models import IncomingMessage, OutgoingMessage
from gemeente.channels.types import Channel
from gemeente.config.prepare import SHIPPED_ORGANISATION
from gemeente.contact.models import ContactMoment, FollowUp, FollowUpTask, HistoryEntry, Question, ToldFact
from gemeente.contact.partners import partners
from gemeente.contact.queries.home import home_of
from gemeente.contact.queries.portal import messages_page, unread_count
from gemeente.contact.task_rules import TaskState
from gemeente.contact.types import Outcome, QuestionState, Urgency
from gemeente.demonstration import persons
from gemeente.demonstration.load import load_demonstration
from gemeente.demonstration.stories import DATA, Employee, Event, Resident, Story, id_of, moments_of, people, stories
from gemeente.kernel import clock
from gemeente.kernel.calendar import is_workday
from gemeente.products.commands import upl_uris
from gemeente.residents.models import Party
from gemeente.residents.rules import passes_eleven_test

MORNING = datetime(2026, 11, 25, 11, 0, tzinfo=clock.AMSTERDAM)
ANY_TIME = [
    MORNING,
    datetime(2026, 11, 27, 23, 59, tzinfo=clock.AMSTERDAM),  # Friday night
    datetime(2026, 11, 28, 12, 0, tzinfo=clock.AMSTERDAM),  # Saturday
    datetime(2027, 1, 1, 0, 1, tzinfo=clock.AMSTERDAM),  # a day off, with last year behind it
    datetime(2027, 3, 28, 2, 30, tzinfo=clock.AMSTERDAM),  # the hour that does not exist
    datetime(2027, 5, 17, 6, 0, tzinfo=clock.AMSTERDAM),  # Whit Monday
]
RESIDENTS = people().resident
EMPLOYEES = people().employee
STORIES = stories()
EVENTS = [(story, event) for story in STORIES for event in story.then]
SAID_BY_US = [(story, event) for story, event in EVENTS if event.do in ("answer", "ask", "close")]
TEAMS = {
    team["key"]: department["key"]
    for department in tomllib.loads(SHIPPED_ORGANISATION.read_text(encoding="utf-8"))["department"]
    for team in department["teams"]
}


class TestPeople:
    def test_keys_are_short_lower_case_and_unique(self) -> None:
        keys = [one.key for one in RESIDENTS] + [one.key for one in EMPLOYEES]
        assert len(set(keys)) == len(keys)
        assert all(re.fullmatch(r"[a-z]{2,12}", key) for key in keys)

    @pytest.mark.parametrize("one", [one for one in RESIDENTS if one.bsn], ids=lambda one: one.key)
    def test_a_bsn_begins_with_9999_and_passes_the_eleven_test(self, one: Resident) -> None:
        assert one.bsn
        assert one.bsn.startswith("9999")
        assert passes_eleven_test(one.bsn)

    def test_a_bsn_of_an_official_test_person_comes_with_that_person(self) -> None:
        with persons.FILE.open(encoding="utf-8-sig", newline="") as lines:
            official = {row["01.01.20"]: row for row in csv.DictReader(lines, delimiter=";") if row["01.01.20"]}
        shared = [one for one in RESIDENTS if one.bsn in official]
        assert len(shared) >= 3
        for one in shared:
            row = official[one.bsn or ""]
            assert (one.given, one.prefix, one.family) == (row["01.02.10"], row["01.02.30"], row["01.02.40"])
            assert one.born.replace("-", "") == row["01.03.10"]
            assert f"{one.street} {one.number} {one.postcode}" == (
                f"{row['08.11.10']} {row['08.11.20']}{row['08.11.30']} {row['08.11.60']}"
            )

    def test_nobody_is_registered_twice(self) -> None:
        told = {one.bsn for one in RESIDENTS}
        assert not [row for row in persons.test_persons() if row["01.01.20"] in told]

    def test_mail_goes_to_example_domains_only(self) -> None:
        given = [one.email for one in RESIDENTS if one.email]
        given += [story.asker.email for story in STORIES if story.asker.email]
        assert all(address.endswith((".voorbeeld.nl", "@voorbeeld.nl")) for address in given)
        assert len(set(given)) == len(given)

    def test_phone_and_trade_register_numbers_are_not_given_out(self) -> None:
        phones = [one.phone for one in RESIDENTS] + [one.phone for one in EMPLOYEES]
        phones += [story.asker.phone for story in STORIES]
        assert all(phone.startswith(("06 00", "050 123")) for phone in phones if phone not in ("", "14 050"))
        assert all(one.kvk.startswith("0000") and len(one.kvk) == 8 for one in RESIDENTS if one.business)

    def test_there_are_businesses_and_people_who_live_together(self) -> None:
        assert len([one for one in RESIDENTS if one.business]) >= 5
        assert max(Counter(one.household for one in RESIDENTS if one.household).values()) >= 2

    def test_everybody_says_who_they_are_on_the_log_in_page(self) -> None:
        assert all([one.line for one in RESIDENTS] + [one.line for one in EMPLOYEES])

    @pytest.mark.parametrize("one", EMPLOYEES, ids=lambda one: one.key)
    def test_an_employee_has_known_roles_and_teams(self, one: Employee) -> None:
        assert {Role(role) for role in one.roles}
        assert set(one.teams) <= TEAMS.keys()
        assert one.department in TEAMS.values()
        assert one.what_for

    def test_each_role_and_each_team_has_somebody(self) -> None:
        assert {role for one in EMPLOYEES for role in one.roles} == set(Role)
        assert {team for one in EMPLOYEES for team in one.teams} == TEAMS.keys()


class TestStories:
    def test_keys_are_unique(self) -> None:
        assert len({story.key for story in STORIES}) == len(STORIES) >= 60

    def test_who_and_by_and_team_and_product_exist(self) -> None:
        employees = {one.key for one in EMPLOYEES}
        assert {story.who for story in STORIES if story.who} <= {one.key for one in RESIDENTS}
        assert {story.by for story in STORIES if story.by} | {event.by for _, event in EVENTS if event.by} <= employees
        assert {story.team for story in STORIES if story.team} <= TEAMS.keys()
        asked = {event.whom for _, event in EVENTS if event.do == "task"}
        assert asked <= {f"team:{key}" for key in TEAMS} | {f"partner:{name}" for name in partners()}
        assert {story.product for story in STORIES if story.product} <= upl_uris().keys()

    def test_what_is_noted_at_a_phone_a_desk_or_a_letter_says_by_whom(self) -> None:
        noted = ("phone", "desk", "letter")
        assert all(bool(story.by) == (story.channel in noted) for story in STORIES)
        assert all(bool(event.by) == (event.via in noted) for _, event in EVENTS if event.do == "write")

    def test_a_story_names_the_team_of_whoever_helps_so_that_other_routing_cannot_break_it(self) -> None:
        teams = {one.key: one.teams for one in EMPLOYEES}
        sees_all = {one.key for one in EMPLOYEES if "kcc" in one.roles or "steering" in one.roles}
        others = ("write", "task_done", "task_back")
        helped = [(story, event.by) for story, event in EVENTS if event.do not in others and event.by]
        assert not [(story.key, by) for story, by in helped if by not in sees_all and story.team not in teams[by]]

    def test_only_a_known_resident_reads_and_reopens(self) -> None:
        assert all(story.who for story, event in EVENTS if event.do in ("read", "not_solved", "how_it_went"))

    def test_an_answer_can_arrive(self) -> None:
        for story, event in SAID_BY_US:
            known = {one.key: one for one in RESIDENTS}.get(story.who)
            reach = {
                "web": bool(known),
                "email": bool(story.asker.email or (known and known.email)),
                "letter": bool(story.asker.post or (known and known.street)),
                "phone": bool(story.asker.phone or (known and known.phone)),
                "desk": True,
            }
            assert reach[event.via], story.key

    def test_a_letter_and_a_mail_have_a_subject(self) -> None:
        assert all(story.subject for story in STORIES if story.channel != "web")

    @pytest.mark.parametrize("now", ANY_TIME, ids=str)
    def test_everything_happened_in_order_and_in_the_past(self, now: datetime) -> None:
        with clock.told_at(now):
            for story in STORIES:
                moments = moments_of(story)
                assert moments == sorted(set(moments)), story.key
                assert moments[-1] < now

    def test_nothing_is_told_before_what_led_to_it(self) -> None:
        for story in STORIES:
            told = [(-story.days_ago, story.at), *((-event.days_ago, event.at) for event in story.then)]
            assert told == sorted(told), story.key

    def test_employees_work_in_office_hours(self) -> None:
        working = [event for _, event in EVENTS if event.by]
        assert all(7 <= event.at.hour < 18 for event in working)
        with clock.told_at(MORNING):
            assert all(
                is_workday(at.astimezone(clock.AMSTERDAM).date()) for story in STORIES for at in moments_of(story)
            )

    def test_days_in_texts_are_working_days_near_today(self) -> None:
        with clock.told_at(datetime(2026, 11, 28, 12, 0, tzinfo=clock.AMSTERDAM)):
            told = " ".join(
                [story.text for story in stories()] + [event.text for one in stories() for event in one.then]
            )
        assert "{" not in told
        assert "dinsdag 1 december" in told
        assert not re.search(r"\b(zaterdag|zondag) [0-9]", told)

    def test_a_mistake_in_a_file_is_said_with_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (tmp_path / "questions").mkdir()
        (tmp_path / "questions" / "fout.toml").write_text('[[question]]\nkey = "a"\nkleur = "rood"', encoding="utf-8")
        monkeypatch.setattr("gemeente.demonstration.stories.DATA", tmp_path)
        with pytest.raises(ValueError, match=r"fout\.toml.*kleur"):
            stories()

    def test_every_file_says_that_it_is_made_up(self) -> None:
        files = [DATA / "people.toml", *(DATA / "questions").glob("*.toml")]
        assert all("made up" in file.read_text(encoding="utf-8").split("\n[[")[0] for file in files)


class TestOurWords:
    """What employees write is what we ask of real ones: by name, short, polite, with what happens next."""

    @pytest.mark.parametrize(
        ("story", "event"), SAID_BY_US, ids=lambda one: getattr(one, "key", getattr(one, "do", ""))
    )
    def test_short_sentences(self, story: Story, event: Event) -> None:
        sentences = re.split(r"[.!?:]\s|\n", event.text)
        assert max(len(sentence.split()) for sentence in sentences) <= 15

    def test_a_written_answer_greets_by_name_and_is_signed(self) -> None:
        names = {one.key: one.name for one in EMPLOYEES}
        for story, event in SAID_BY_US:
            if event.via in ("email", "letter") and event.do != "close":
                assert re.match(r"(Beste|Dear) \S+", event.text), story.key
                assert names[event.by] in event.text.strip(), story.key

    def test_nobody_is_called_a_customer(self) -> None:
        told = " ".join([story.text for story in STORIES] + [event.text for _, event in EVENTS])
        assert not re.search(r"\bklant", told, re.IGNORECASE)

    def test_residents_are_addressed_politely(self) -> None:
        told = [event.text for _, event in SAID_BY_US]
        assert not [text for text in told if re.search(r"\b(je|jij|jou|jouw|jullie)\b", text)]

    def test_what_we_need_is_said_exactly(self) -> None:
        asked = [event for _, event in EVENTS if event.do == "ask"]
        assert len(asked) >= 4
        assert all(len(event.needs) > 30 for event in asked)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The demonstration as it stands on a working morning; gone again after these tests."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.told_at(MORNING):
        yield load_demonstration()
        transaction.set_rollback(True)


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_every_story_became_a_question(self, loaded: int) -> None:
        assert loaded == Question.objects.filter(split_from=None).count() == len(STORIES)

    def test_one_question_was_merged_and_one_split_off(self) -> None:
        merged = Question.objects.get(merged_into__isnull=False)
        assert ContactMoment.objects.filter(question=str(merged.merged_into), text__contains="tweede keer").exists()
        assert Question.objects.get(split_from__isnull=False).team == "burgerzaken"

    def test_loading_twice_adds_nothing(self) -> None:
        counted = [model.objects.count() for model in (Party, Question, ContactMoment, HistoryEntry, OutgoingMessage)]
        assert load_demonstration() == 0
        again = [model.objects.count() for model in (Party, Question, ContactMoment, HistoryEntry, OutgoingMessage)]
        assert again == counted

    def test_all_channels_states_outcomes_and_urgencies_occur(self) -> None:
        assert set(Question.objects.values_list("channel", flat=True)) == set(Channel)
        assert set(Question.objects.values_list("state", flat=True)) == set(QuestionState)
        assert set(Question.objects.values_list("outcome", flat=True)) == {"", *Outcome}
        assert set(Question.objects.values_list("urgency", flat=True)) == set(Urgency)

    def test_one_is_urgent_now_and_some_are_for_today(self) -> None:
        counted = Counter(Question.objects.filter(closed_at=None).values_list("urgency", flat=True))
        assert counted[Urgency.NOW] == 1
        assert 3 <= counted[Urgency.TODAY] <= 8

    def test_some_are_in_other_languages(self) -> None:
        languages = Counter(Question.objects.values_list("language", flat=True))
        assert languages["nl"] > 60
        assert languages["en"] >= 3
        assert languages["uk"] == 1

    def test_some_were_not_solved_and_run_again(self) -> None:
        assert Question.objects.filter(times_reopened=1, closed_at=None).count() >= 2

    def test_tasks_stand_open_late_at_a_partner_and_done(self) -> None:
        tasks = FollowUpTask.objects.all()
        running = tasks.filter(state=TaskState.OPEN)
        assert running.filter(due_at__gte=MORNING).exclude(team="").exists(), "open, with a team"
        assert running.filter(due_at__gte=MORNING).exclude(partner="").exists(), "open, at a partner"
        assert running.filter(due_at__lt=MORNING).exists(), "late"
        assert tasks.filter(state=TaskState.DONE).count() >= 2

    def test_some_say_how_it_went_and_some_of_what_was_told_is_kept(self) -> None:
        assert set(FollowUp.objects.exclude(answered_at=None).values_list("solved", flat=True)) == {True, False}
        assert set(ToldFact.objects.values_list("everywhere", flat=True)) == {True, False}

    def test_some_come_from_people_whom_we_do_not_know(self) -> None:
        assert Question.objects.filter(party=None).count() >= 15
        assert Question.objects.filter(party=None, asker_name="", asker_email="", asker_phone="").exists()

    def test_some_run_over_three_channels(self) -> None:
        channels: dict[UUID, set[str]] = {}
        for question, channel in ContactMoment.objects.filter(internal=False).values_list("question", "channel"):
            channels.setdefault(question, set()).add(channel)
        assert len([one for one in channels.values() if len(one) >= 3]) >= 2

    def test_nobody_is_a_stranger_in_their_own_thread(self) -> None:
        assert not ContactMoment.objects.filter(sender_unknown=True).exists()
        assert not IncomingMessage.objects.exclude(state="taken_in").exists()

    def test_no_team_drowns(self) -> None:
        counted = Counter(Question.objects.filter(closed_at=None).values_list("team", flat=True))
        assert max(counted.values()) <= 8
        assert len(counted) >= 15

    @pytest.mark.parametrize("one", [one for one in EMPLOYEES if one.teams], ids=lambda one: one.key)
    def test_each_queue_has_something_late_today_and_later(self, one: Employee) -> None:
        waiting = Question.objects.filter(
            team__in=one.teams, closed_at=None, first_answered_at=None, state__in=("new", "working")
        )
        due = list(waiting.values_list("answer_due", flat=True))
        tonight = MORNING.replace(hour=23, minute=59)
        assert [at for at in due if at < MORNING], "late"
        assert [at for at in due if MORNING <= at <= tonight], "today"
        assert [at for at in due if tonight < at <= tonight + timedelta(days=40)], "later"

    @pytest.mark.parametrize("one", RESIDENTS, ids=lambda one: one.key)
    def test_a_badge_says_what_the_home_page_shows(self, one: Resident) -> None:
        party = id_of(one.key)
        tiles = home_of(party).tiles
        if one.badge.startswith("Actie"):
            assert [tile for tile in tiles if tile.needs]
        if one.badge == "Te laat":
            assert [tile for tile in tiles if tile.late]
        if one.badge in ("Nieuw antwoord", "New answer"):
            assert unread_count(party)
        assert unread_count(party) <= 2

    def test_everybody_but_one_has_something_to_see(self) -> None:
        empty = [one.key for one in RESIDENTS if not messages_page(id_of(one.key))[0]]
        assert empty == ["rj"]


@pytest.mark.django_db
@pytest.mark.parametrize("now", [ANY_TIME[2], ANY_TIME[3]], ids=str)
def test_it_loads_on_a_day_off(now: datetime) -> None:
    with clock.told_at(now):
        assert load_demonstration() == len(STORIES)
        assert not Question.objects.filter(asked_at__gte=now).exists()
        assert not ContactMoment.objects.filter(at__gte=now).exists()
