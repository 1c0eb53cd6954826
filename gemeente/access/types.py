"""Who acts, what they may, and why they look."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext_noop


class ActorKind(StrEnum):
    """The four kinds of somebody."""

    ANONYMOUS = "anonymous"
    RESIDENT = "resident"
    EMPLOYEE = "employee"
    SYSTEM = "system"


class Role(StrEnum):
    """What an employee is here for; somebody may have several."""

    KCC = "kcc"
    SPECIALIST = "specialist"
    TEAM_LEAD = "team_lead"
    STEERING = "steering"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What a command asks of its actor."""

    ASK = "ask"
    DELIVER = "deliver"
    TAKE_IN_CONTACT = "take_in_contact"
    HANDLE_QUESTION = "handle_question"
    FIND_RESIDENT = "find_resident"
    SEE_ALL_QUESTIONS = "see_all_questions"
    LEAD_TEAM = "lead_team"
    STEER = "steer"
    SEND_POST = "send_post"
    ADMINISTER = "administer"


class Purpose(StrEnum):
    """Why somebody looks at a resident's data, in words that the resident reads too (AVG art. 5)."""

    OWN_AFFAIRS = gettext_noop("eigen zaken regelen")
    TAKE_IN = gettext_noop("een vraag aannemen")
    HANDLE_QUESTION = gettext_noop("een vraag behandelen")
    PROCESS_MESSAGE = gettext_noop("een bericht verwerken")
    CHECK_QUALITY = gettext_noop("nakijken of de hulp goed gaat")
    RUN_SYSTEM = gettext_noop("het systeem beheren")


_OF_ROLE = {
    Role.KCC: {
        Right.TAKE_IN_CONTACT,
        Right.HANDLE_QUESTION,
        Right.FIND_RESIDENT,
        Right.SEE_ALL_QUESTIONS,
        Right.SEND_POST,
    },
    Role.SPECIALIST: {Right.TAKE_IN_CONTACT, Right.HANDLE_QUESTION, Right.FIND_RESIDENT},
    Role.TEAM_LEAD: {Right.TAKE_IN_CONTACT, Right.HANDLE_QUESTION, Right.FIND_RESIDENT, Right.LEAD_TEAM},
    Role.STEERING: {Right.HANDLE_QUESTION, Right.FIND_RESIDENT, Right.SEE_ALL_QUESTIONS, Right.STEER},
    Role.ADMINISTRATOR: {Right.ADMINISTER},
}
_OF_KIND = {
    ActorKind.ANONYMOUS: {Right.ASK},
    ActorKind.RESIDENT: {Right.ASK},
    ActorKind.SYSTEM: {Right.ASK, Right.DELIVER, Right.TAKE_IN_CONTACT, Right.HANDLE_QUESTION},
    ActorKind.EMPLOYEE: {Right.ASK},
}


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody who acts: a resident, an employee, the system, or somebody whom we do not know."""

    kind: ActorKind
    id: UUID | None = None
    name: str = ""
    department: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    teams: frozenset[str] = field(default_factory=frozenset)

    @property
    def key(self) -> UUID:
        """Return the id of somebody whom we know. Raises LookupError for anybody else: no deed of theirs needs one."""
        if self.id is None:
            raise LookupError("this actor is nobody in particular")
        return self.id

    @property
    def party(self) -> UUID | None:
        """Return the party that acts: a resident or business that is logged in; None for anybody else."""
        return self.id if self.kind == ActorKind.RESIDENT else None

    def may(self, right: str) -> bool:
        """Tell whether the actor has a right, through what they are or through a role."""
        return right in _OF_KIND[self.kind] or any(right in _OF_ROLE[role] for role in self.roles)

    @property
    def posts(self) -> bool:
        """Tell whether the actor prints letters and takes them to the post."""
        return self.may(Right.SEND_POST)

    @property
    def leads(self) -> bool:
        """Tell whether the actor looks after the work of others: a team's, or the whole house's."""
        return self.may(Right.LEAD_TEAM) or self.may(Right.STEER)


ANONYMOUS = Actor(kind=ActorKind.ANONYMOUS)


def system(name: str) -> Actor:
    """Return the actor for what the machine does by itself; `name` says which part, in the resident's words."""
    return Actor(kind=ActorKind.SYSTEM, name=name)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What an identity provider vouches for: who somebody is, by which means, how sure (Wdo, eIDAS levels)."""

    kind: ActorKind
    subject: str
    means: str
    level: str
