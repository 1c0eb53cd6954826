"""The tables of this room, one file a subject."""

from gemeente.contact.models.hand_over import HandOver
from gemeente.contact.models.merge import Merge
from gemeente.contact.models.promise import Promise
from gemeente.contact.models.question import ContactMoment, Draft, HistoryEntry, Question

__all__ = ["ContactMoment", "Draft", "HandOver", "HistoryEntry", "Merge", "Promise", "Question"]
