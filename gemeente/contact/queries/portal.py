"""What a resident reads: home, questions, one question, inbox. Each filters on the party: nobody sees another's."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gemeente.access.queries import teams
from gemeente.contact import follow_up_rules
from gemeente.contact.models import ContactMoment, Question
from gemeente.contact.queries.facts import facts_along, facts_from
from gemeente.contact.queries.follow_ups import follow_up_key, open_follow_up_along
from gemeente.contact.queries.merge import STANDS
from gemeente.contact.queries.tasks import asked_teams, tasks_along, tasks_from
from gemeente.contact.queries.tiles import tile_of
from gemeente.contact.queries.timeline import timeline
from gemeente.contact.types import MessageLine, QuestionPage, QuestionTile
from gemeente.kernel.errors import NotFound

PAGE = 20


def questions_page(party: UUID, *, closed: bool, page: int) -> tuple[list[QuestionTile], bool]:
    """Return a page of 20 running or closed questions, newest first, and whether there are more. One statement."""
    rows = Question.objects.filter(STANDS, party=party, closed_at__isnull=not closed).order_by("-asked_at", "-id")
    found = list(rows[page * PAGE : (page + 1) * PAGE + 1])
    return [tile_of(row) for row in found[:PAGE]], len(found) > PAGE


def unread_count(party: UUID) -> int:
    """Return how many messages of ours the resident has not read. One statement, by its own index."""
    return ContactMoment.objects.filter(party=party, direction="out", internal=False, read_at=None).count()


def messages_page(party: UUID, *, page: int = 0) -> tuple[list[MessageLine], bool]:
    """Return what was sent and received, newest first, over all channels, and whether there is more. Two statements."""
    rows: QuerySet[ContactMoment] = ContactMoment.objects.filter(party=party, internal=False).order_by("-at", "-id")
    found = list(rows[page * PAGE : (page + 1) * PAGE + 1])
    shown = found[:PAGE]
    titles = _titles(party, {moment.question for moment in shown})
    lines = [
        MessageLine(
            question=titles[row.question][0],
            title=titles[row.question][1],
            who=row.author_name,
            outgoing=row.direction == "in",
            channel=row.channel,
            at=row.at,
            new=row.direction == "out" and row.read_at is None,
            begin=" ".join(row.text[:200].split()),
        )
        for row in shown
    ]
    return lines, len(found) > PAGE


def _titles(party: UUID, threads: set[UUID]) -> dict[UUID, tuple[str, str]]:
    """Return number and title of each thread as this resident knows it: their own, also where it went into another's."""
    rows = Question.objects.filter(Q(id__in=threads) | Q(merged_into__in=threads) & ~Q(outcome=""), party=party)
    found = rows.values_list("id", "merged_into", "number", "title")
    own = {went: (number, title) for _, went, number, title in found if went}
    return own | {key: (number, title) for key, _, number, title in found}


def question_of(party: UUID, number: str) -> UUID:
    """Return the id of the resident's own question. Raises NotFound for another's, as for one that never was."""
    found: UUID = _own(Question.objects.filter(party=party), number).id
    return found


def _own(own: QuerySet[Question], number: str) -> Any:
    """Return one of a resident's own questions, or what it went into when that is theirs too."""
    found = own.filter(number=number).first()
    if found is None:
        raise NotFound("Deze vraag staat niet bij u. Misschien klopt de link niet meer.")
    went = own.filter(id=found.merged_into).first() if found.merged_into else None
    return went or found


def question_page(party: UUID, number: str, *, before: datetime | None = None) -> QuestionPage:
    """Return all that the resident sees of one question. Two statements, three by the number of one that went into another.

    Raises NotFound as `question_of` does.
    """
    along = {"tasks": tasks_along(), "facts": facts_along(), "asks": open_follow_up_along()}
    row = _own(Question.objects.filter(party=party).annotate(**along), number)
    thread = row.merged_into or row.id
    items, more = timeline(thread, for_resident=True, before=before, party=party, steps_of=row.id)
    tasks = tasks_from(row.tasks)
    return QuestionPage(
        tile=tile_of(row),
        thread=thread,
        wish=row.wish,
        product=row.product,
        reply_channel=row.reply_channel,
        outcome=row.outcome,
        outcome_text=row.outcome_text,
        timeline=items,
        more_before=more,
        person=row.contact_person or row.handler,
        teams_along=tuple(sorted(teams()[key].name for key in asked_teams(tasks))),
        partners_along=tuple(sorted({one.partner for one in tasks if one.open and one.partner})),
        facts=facts_from(row.facts),
        how_it_went=follow_up_rules.code_of(row.asks, follow_up_key()) if row.asks else "",
    )


def is_moment_of(party: UUID, moment: UUID | None) -> bool:
    """Tell whether a moment of contact is this resident's own to read. One statement."""
    return moment is not None and ContactMoment.objects.filter(id=moment, party=party, internal=False).exists()
