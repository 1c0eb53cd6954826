"""Writes about questions. One file per deed; this is the surface that others call."""

from gemeente.contact.commands.answer import answer_question, ask_resident, save_draft
from gemeente.contact.commands.close import close_question, reopen_question
from gemeente.contact.commands.handle import add_note, change_urgency, read_messages, take_up_question
from gemeente.contact.commands.take_in import TakenIn, take_in_message

__all__ = [
    "TakenIn",
    "add_note",
    "answer_question",
    "ask_resident",
    "change_urgency",
    "close_question",
    "read_messages",
    "reopen_question",
    "save_draft",
    "take_in_message",
    "take_up_question",
]
