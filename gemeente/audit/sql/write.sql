-- write: one audit line, in the transaction of the command that it is about.
INSERT INTO audit_entry (at, actor_kind, actor_id, actor_name, department, action, purpose, subject, object_id, what, refused, trace_id)
VALUES (%(at)s, %(actor_kind)s, %(actor_id)s, %(actor_name)s, %(department)s, %(action)s, %(purpose)s, %(subject)s, %(object_id)s, %(what)s::text[], %(refused)s, %(trace_id)s)
