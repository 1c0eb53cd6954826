"""What this room does when something happened below."""

from django.utils.translation import gettext_noop

from gemeente.access.types import system
from gemeente.channels.events import MessageReceived
from gemeente.contact.commands import take_in_message, withdraw_tasks_of_closed
from gemeente.contact.commands.index import index_texts
from gemeente.contact.events import MergeUndone, QuestionClosed, QuestionsMerged, QuestionSplit, TextsChanged
from gemeente.contact.letters import ask_to_confirm
from gemeente.kernel.events import on
from gemeente.residents.events import EmailToConfirm


@on(MessageReceived)
def take_in(received: MessageReceived) -> None:
    """Put what arrived in its thread."""
    take_in_message(actor=system(gettext_noop("Postverwerking")), message=received.message)


@on(EmailToConfirm)
def mail_link(given: EmailToConfirm) -> None:
    """Mail the link that confirms an address."""
    ask_to_confirm(given.address)


@on(TextsChanged)
def let_search_know(changed: TextsChanged) -> None:
    """Let search find what was said."""
    index_texts([changed.question])


@on(QuestionClosed)
def withdraw_tasks(closed: QuestionClosed) -> None:
    """Let nobody work on in a question that is closed."""
    withdraw_tasks_of_closed(actor=system(gettext_noop("Rondt de vraag af")), question=closed.question)


@on(QuestionsMerged)
def let_search_know_of_merge(merged: QuestionsMerged) -> None:
    """Let search find what moved where it stands now."""
    index_texts([merged.question, merged.merged])


@on(MergeUndone)
def let_search_know_of_undoing(undone: MergeUndone) -> None:
    """Let search find what moved back."""
    index_texts([undone.question, undone.merged])


@on(QuestionSplit)
def let_search_know_of_split(split: QuestionSplit) -> None:
    """Let search find what was split off."""
    index_texts([split.question, split.split_from])
