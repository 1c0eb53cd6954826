"""The tables of this room, one file a subject."""

from gemeente.contact.models.company import Follow, Mention, Presence, SavedFilter
from gemeente.contact.models.fact import ToldFact
from gemeente.contact.models.follow_up import FollowUp
from gemeente.contact.models.hand_over import HandOver
from gemeente.contact.models.merge import Merge
from gemeente.contact.models.promise import Promise
from gemeente.contact.models.question import ContactMoment, Draft, HistoryEntry, Question
from gemeente.contact.models.search import SearchText
from gemeente.contact.models.task import FollowUpTask

__all__ = [
    "ContactMoment",
    "Draft",
    "Follow",
    "FollowUp",
    "FollowUpTask",
    "HandOver",
    "HistoryEntry",
    "Mention",
    "Merge",
    "Presence",
    "Promise",
    "Question",
    "SavedFilter",
    "SearchText",
    "ToldFact",
]
