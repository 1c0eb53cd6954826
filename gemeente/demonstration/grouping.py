"""Plays how questions are put together and taken apart."""

from uuid import UUID

from gemeente.access.types import Actor
from gemeente.contact import commands
from gemeente.contact.queries.merge import to_merge_with
from gemeente.contact.queries.timeline import timeline
from gemeente.contact.queries.workspace import version_of
from gemeente.demonstration.stories import Event


def play_grouping(event: Event, question: UUID, actor: Actor, party: UUID | None) -> None:
    """Put a question into another of this resident, by its title in `to`; or make one of the last thing that they wrote."""
    seen = version_of(question)
    if event.do == "split":
        last = next(item.id for item in timeline(question, for_resident=False)[0] if item.id and item.mine)
        commands.split_question(actor=actor, question=question, moments=[last], seen_version=seen)
        return
    into = next(tile.id for tile in to_merge_with(actor, party, question) if tile.title == event.to)
    commands.merge_questions(
        actor=actor, question=into, other=question, seen_version=version_of(into), other_seen_version=seen
    )
