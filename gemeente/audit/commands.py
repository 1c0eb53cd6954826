"""The audit trail: the kernel's port, kept in PostgreSQL."""

from typing import Any
from uuid import UUID

from django.db import connection

from gemeente.kernel import clock, trace
from gemeente.kernel.commands import Acting, AuditEntry
from gemeente.kernel.sql import statement


class DatabaseTrail:
    """Writes each entry in the caller's transaction: no deed without its line, no line without its deed."""

    def write(self, entry: AuditEntry) -> None:
        """Insert one line. One statement."""
        values: dict[str, Any] = {
            "at": entry.at,
            "actor_kind": entry.actor.kind,
            "actor_id": entry.actor.id,
            "actor_name": entry.actor.name,
            "department": entry.actor.department,
            "action": entry.action,
            "purpose": entry.purpose,
            "subject": entry.subject,
            "object_id": entry.object_id,
            "what": entry.what,
            "refused": entry.refused,
            "trace_id": entry.trace_id,
        }
        with connection.cursor() as cursor:
            cursor.execute(statement("gemeente.audit.sql", "write"), values)


def log_look(
    *, actor: Acting, action: str, purpose: str, subject: UUID | None, object_id: UUID | None, what: tuple[str, ...]
) -> None:
    """Write that somebody looked, before they see anything (Logboek Dataverwerkingen 1.0; V10, V78)."""
    DatabaseTrail().write(
        AuditEntry(
            actor=actor,
            action=action,
            purpose=purpose,
            at=clock.now(),
            trace_id=trace.current(),
            subject=subject,
            object_id=object_id,
            what=list(what),
        )
    )
