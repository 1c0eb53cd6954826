"""By when: every way of saying a date, at the edges of weeks, months, years, holidays and the clock (promises/README.md)."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemeente.contact.promises import find_promises, local
from gemeente.contact.promises.dates import easter
from gemeente.kernel.calendar import is_workday

MONDAY, TUESDAY, WEDNESDAY = "2026-11-23T10:00", "2026-12-01T10:00", "2026-11-25T10:00"
FRIDAY, SATURDAY, SUNDAY = "2026-11-27T10:00", "2026-11-28T10:00", "2026-11-29T10:00"
OLD_YEAR = "2026-12-31T11:00"

DAYS = [
    # a weekday: the first to come, said on that day a week later
    ("maandag", SUNDAY, "2026-11-30"),
    ("dinsdag", TUESDAY, "2026-12-08"),
    ("komende dinsdag", MONDAY, "2026-11-24"),
    ("aanstaande donderdag", WEDNESDAY, "2026-11-26"),
    ("a.s. donderdag", WEDNESDAY, "2026-11-26"),
    ("donderdag a.s.", WEDNESDAY, "2026-11-26"),
    ("do a.s.", WEDNESDAY, "2026-11-26"),
    ("vrijdag", OLD_YEAR, "2027-01-01"),
    # of the next ISO week, whatever the day of writing
    ("volgende week dinsdag", MONDAY, "2026-12-01"),
    ("volgende week dinsdag", TUESDAY, "2026-12-08"),
    ("volgende week dinsdag", SUNDAY, "2026-12-01"),
    ("dinsdag volgende week", WEDNESDAY, "2026-12-01"),
    ("volgende week vrijdag", OLD_YEAR, "2027-01-08"),
    # the first to come and seven days
    ("dinsdag over een week", MONDAY, "2026-12-01"),
    ("dinsdag over een week", TUESDAY, "2026-12-15"),
    ("vrijdag over twee weken", WEDNESDAY, "2026-12-11"),
    # before, and by
    ("vóór 3 december", WEDNESDAY, "2026-12-02"),
    ("voor vrijdag", WEDNESDAY, "2026-11-26"),
    ("vóór 1 januari", OLD_YEAR, "2026-12-31"),
    ("uiterlijk 3 december", WEDNESDAY, "2026-12-03"),
    ("uiterlijk 1-12-2026", WEDNESDAY, "2026-12-01"),
    ("uiterlijk 1/12/2026", WEDNESDAY, "2026-12-01"),
    ("uiterlijk 01-12", WEDNESDAY, "2026-12-01"),
    ("uiterlijk 2026-12-01", WEDNESDAY, "2026-12-01"),
    ("ma 7 dec", WEDNESDAY, "2026-12-07"),
    ("ma. 7 dec.", WEDNESDAY, "2026-12-07"),
    ("op de 3e", WEDNESDAY, "2026-12-03"),
    ("op 1 maart", WEDNESDAY, "2027-03-01"),
    ("op 29 februari 2028", WEDNESDAY, "2028-02-29"),
    # calendar counts, not shifted off weekends
    ("binnen twee weken", WEDNESDAY, "2026-12-09"),
    ("over twee weken", SATURDAY, "2026-12-12"),
    ("over een week", SUNDAY, "2026-12-06"),
    ("binnen drie dagen", FRIDAY, "2026-11-30"),
    ("binnen een maand", "2027-01-31T10:00", "2027-02-28"),
    ("binnen twee maanden", OLD_YEAR, "2027-02-28"),
    ("binnen acht weken", OLD_YEAR, "2027-02-25"),
    # working days
    ("binnen 10 werkdagen", WEDNESDAY, "2026-12-09"),
    ("binnen één werkdag", FRIDAY, "2026-11-30"),
    ("binnen twee werkdagen", SATURDAY, "2026-12-01"),
    ("binnen 1 werkdag", "2026-08-27T10:00", "2026-08-31"),
    ("binnen twee werkdagen", "2026-12-24T10:00", "2026-12-29"),
    ("binnen 1 werkdag", "2026-04-02T10:00", "2026-04-03"),
    ("binnen twee werkdagen", "2026-04-02T10:00", "2026-04-07"),
    ("binnen 1 werkdag", "2026-04-24T10:00", "2026-04-28"),
    ("binnen 1 werkdag", "2026-05-04T10:00", "2026-05-05"),
    ("binnen 1 werkdag", "2030-05-03T10:00", "2030-05-06"),
    ("binnen 1 werkdag", "2025-05-02T10:00", "2025-05-06"),
    ("binnen 1 werkdag", "2026-05-13T10:00", "2026-05-15"),
    ("binnen vijf werkdagen", "2026-12-31T10:00", "2027-01-08"),
    ("de eerstvolgende werkdag", FRIDAY, "2026-11-30"),
    # weeks
    ("voor het weekend", WEDNESDAY, "2026-11-27"),
    ("eind van de week", WEDNESDAY, "2026-11-27"),
    ("eind deze week", WEDNESDAY, "2026-11-27"),
    ("einde week", WEDNESDAY, "2026-11-27"),
    ("deze week", WEDNESDAY, "2026-11-27"),
    ("volgende week", WEDNESDAY, "2026-12-04"),
    ("eind volgende week", WEDNESDAY, "2026-12-04"),
    ("begin volgende week", WEDNESDAY, "2026-12-01"),
    ("begin van de week", MONDAY, "2026-11-24"),
    ("in week 48", "2026-11-20T10:00", "2026-11-27"),
    ("in week 1", WEDNESDAY, "2027-01-08"),
    ("in de week van 7 december", WEDNESDAY, "2026-12-11"),
    # months and years
    ("begin van de maand", "2026-12-01T10:00", "2026-12-10"),
    ("begin december", WEDNESDAY, "2026-12-10"),
    ("medio december", WEDNESDAY, "2026-12-15"),
    ("half december", WEDNESDAY, "2026-12-15"),
    ("eind van de maand", WEDNESDAY, "2026-11-30"),
    ("eind februari", WEDNESDAY, "2027-02-28"),
    ("eind januari", WEDNESDAY, "2027-01-31"),
    ("in december", WEDNESDAY, "2026-12-31"),
    ("vóór de kerst", WEDNESDAY, "2026-12-24"),
    ("voor Pasen", WEDNESDAY, "2027-03-27"),
    ("voor het eind van het jaar", WEDNESDAY, "2026-12-31"),
    # today and about
    ("vandaag", WEDNESDAY, "2026-11-25"),
    ("vandaag nog", WEDNESDAY, "2026-11-25"),
    ("morgen", "2026-12-31T10:00", "2027-01-01"),
    ("overmorgen", FRIDAY, "2026-11-29"),
    ("vanavond", WEDNESDAY, "2026-11-25"),
]
ENGLISH_DAYS = [
    ("on Tuesday", TUESDAY, "2026-12-08"),
    ("next week on Tuesday", TUESDAY, "2026-12-08"),
    ("on Tuesday next week", WEDNESDAY, "2026-12-01"),
    ("a week on Tuesday", TUESDAY, "2026-12-15"),
    ("before 3 December", WEDNESDAY, "2026-12-02"),
    ("before the 3rd of December", WEDNESDAY, "2026-12-02"),
    ("by 3 December", WEDNESDAY, "2026-12-03"),
    ("by Dec 3rd", WEDNESDAY, "2026-12-03"),
    ("no later than Thursday 3 December", WEDNESDAY, "2026-12-03"),
    ("within two weeks", SATURDAY, "2026-12-12"),
    ("in a fortnight", WEDNESDAY, "2026-12-09"),
    ("within two working days", "2026-08-26T10:00", "2026-08-31"),
    ("within five business days", "2026-12-24T10:00", "2027-01-04"),
    ("before the weekend", WEDNESDAY, "2026-11-27"),
    ("by the end of the week", WEDNESDAY, "2026-11-27"),
    ("early next week", WEDNESDAY, "2026-12-01"),
    ("in mid-December", WEDNESDAY, "2026-12-15"),
    ("by the end of the month", WEDNESDAY, "2026-11-30"),
    ("before Christmas", WEDNESDAY, "2026-12-24"),
    ("tomorrow", WEDNESDAY, "2026-11-26"),
    ("by the end of the day", WEDNESDAY, "2026-11-25"),
]
MOMENTS = [
    ("vanochtend", WEDNESDAY, "2026-11-25T12:00:00+01:00"),
    ("vanmiddag", WEDNESDAY, "2026-11-25T18:00:00+01:00"),
    ("morgenochtend", WEDNESDAY, "2026-11-26T12:00:00+01:00"),
    ("morgenmiddag", WEDNESDAY, "2026-11-26T18:00:00+01:00"),
    ("donderdagmiddag", WEDNESDAY, "2026-11-26T18:00:00+01:00"),
    ("morgen om half drie", WEDNESDAY, "2026-11-26T14:30:00+01:00"),
    ("morgen om half tien", WEDNESDAY, "2026-11-26T09:30:00+01:00"),
    ("morgen om kwart over negen", WEDNESDAY, "2026-11-26T09:15:00+01:00"),
    ("morgen om kwart voor vier", WEDNESDAY, "2026-11-26T15:45:00+01:00"),
    ("morgen om tien over half elf", WEDNESDAY, "2026-11-26T10:40:00+01:00"),
    ("morgen tussen 14 en 16 uur", WEDNESDAY, "2026-11-26T16:00:00+01:00"),
    ("morgen tussen 9.00 en 11.30 uur", WEDNESDAY, "2026-11-26T11:30:00+01:00"),
    ("morgen vóór 12 uur", WEDNESDAY, "2026-11-26T12:00:00+01:00"),
    ("vóór 17.00 uur", WEDNESDAY, "2026-11-25T17:00:00+01:00"),
    ("op dinsdag 1 december om 10:30 uur", WEDNESDAY, "2026-12-01T10:30:00+01:00"),
    ("binnen 24 uur", "2026-10-24T12:00", "2026-10-25T11:00:00+01:00"),
    ("binnen 24 uur", "2026-03-28T12:00", "2026-03-29T13:00:00+02:00"),
    ("binnen een uur", WEDNESDAY, "2026-11-25T11:00:00+01:00"),
    ("binnen een half uur", WEDNESDAY, "2026-11-25T10:30:00+01:00"),
    ("binnen 48 uur", FRIDAY, "2026-11-29T10:00:00+01:00"),
]
OPEN = [
    "z.s.m.",
    "zo snel mogelijk",
    "binnenkort",
    "na de feestdagen",
    "zodra ik meer weet",
    "dinsdag 3 december",
    "31 november",
    "na dinsdag",
]


def due(draft: str, written_at: str) -> str | None:
    [promise] = find_promises(draft, written=local(written_at))
    return promise.due.isoformat() if promise.due else None


def day_ends(day: str) -> str:
    return local(f"{day}T23:59:59").isoformat()


@pytest.mark.parametrize(("said", "written_at", "day"), DAYS)
def test_a_dutch_date_means_the_end_of_that_day(said: str, written_at: str, day: str) -> None:
    assert due(f"Ik bel u {said} terug.", written_at) == day_ends(day)


@pytest.mark.parametrize(("said", "written_at", "day"), ENGLISH_DAYS)
def test_an_english_date_means_the_end_of_that_day(said: str, written_at: str, day: str) -> None:
    assert due(f"I will call you {said}.", written_at) == day_ends(day)


@pytest.mark.parametrize(("said", "written_at", "moment"), MOMENTS)
def test_a_time_of_day_is_kept_to_the_minute(said: str, written_at: str, moment: str) -> None:
    assert due(f"Ik bel u {said} terug.", written_at) == moment


@pytest.mark.parametrize("said", OPEN)
def test_what_names_no_day_or_an_impossible_one_leaves_the_date_open(said: str) -> None:
    assert due(f"Ik bel u {said} terug.", WEDNESDAY) is None


DATES = st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2035, 12, 31))


@given(DATES, st.integers(min_value=1, max_value=40))
def test_working_days_are_counted_without_weekends_and_holidays(written: datetime, count: int) -> None:
    last = due(f"Ik bel u binnen {count} werkdagen terug.", written.isoformat())
    day = datetime.fromisoformat(str(last)).date()
    between = [written.date() + timedelta(days=step) for step in range(1, (day - written.date()).days + 1)]
    assert is_workday(day)
    assert sum(map(is_workday, between)) == count


@given(DATES, st.sampled_from("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()))
def test_a_weekday_is_the_first_to_come_and_next_week_is_the_next_iso_week(written: datetime, weekday: str) -> None:
    soon = datetime.fromisoformat(str(due(f"Ik bel u {weekday} terug.", written.isoformat()))).date()
    later = datetime.fromisoformat(str(due(f"Ik bel u volgende week {weekday} terug.", written.isoformat()))).date()
    assert 1 <= (soon - written.date()).days <= 7
    assert later.weekday() == soon.weekday()
    assert later.isocalendar().week == (written.date() + timedelta(days=7)).isocalendar().week


def test_easter_falls_where_the_calendar_says() -> None:
    assert [easter(year) for year in (2024, 2026, 2027, 2038)] == [
        date(2024, 3, 31),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ]
