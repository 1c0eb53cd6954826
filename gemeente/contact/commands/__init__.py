"""Writes about questions. One file per deed; this is the surface that others call."""

from gemeente.contact.commands.answer import answer_question, ask_resident, save_draft
from gemeente.contact.commands.assign import Chosen, Divided, assign_question, assign_questions, reassign_question
from gemeente.contact.commands.close import close_question, reopen_question
from gemeente.contact.commands.company import follow_question, leave_question
from gemeente.contact.commands.fact import correct_fact, note_fact, note_told_again, remove_fact
from gemeente.contact.commands.filters import drop_filter, save_filter
from gemeente.contact.commands.follow_up import answer_follow_up, ask_how_questions_went
from gemeente.contact.commands.hand_over import (
    accept_hand_over,
    escalate_hand_overs,
    give_back_question,
    hand_over_question,
)
from gemeente.contact.commands.handle import add_note, change_urgency, read_messages, take_up_question
from gemeente.contact.commands.merge import merge_questions, undo_merge
from gemeente.contact.commands.promise import (
    keep_promise,
    make_promise,
    note_broken_promises,
    remind_of_promises,
    take_back_promise,
)
from gemeente.contact.commands.say_again import say_again
from gemeente.contact.commands.split import split_question, undo_split
from gemeente.contact.commands.take_in import TakenIn, take_in_message
from gemeente.contact.commands.take_next import take_next_question
from gemeente.contact.commands.task import (
    ask_task,
    finish_task,
    give_back_task,
    note_late_tasks,
    withdraw_task,
    withdraw_tasks_of_closed,
)

__all__ = [
    "Chosen",
    "Divided",
    "TakenIn",
    "accept_hand_over",
    "add_note",
    "answer_follow_up",
    "answer_question",
    "ask_how_questions_went",
    "ask_resident",
    "ask_task",
    "assign_question",
    "assign_questions",
    "change_urgency",
    "close_question",
    "correct_fact",
    "drop_filter",
    "escalate_hand_overs",
    "finish_task",
    "follow_question",
    "give_back_question",
    "give_back_task",
    "hand_over_question",
    "keep_promise",
    "leave_question",
    "make_promise",
    "merge_questions",
    "note_broken_promises",
    "note_fact",
    "note_late_tasks",
    "note_told_again",
    "read_messages",
    "reassign_question",
    "remind_of_promises",
    "remove_fact",
    "reopen_question",
    "save_draft",
    "save_filter",
    "say_again",
    "split_question",
    "take_back_promise",
    "take_in_message",
    "take_next_question",
    "take_up_question",
    "undo_merge",
    "undo_split",
    "withdraw_task",
    "withdraw_tasks_of_closed",
]
