-- publish: one event and one delivery per subscriber, in one round trip, in the caller's transaction.
WITH event AS (
    INSERT INTO kernel_event (name, payload, occurred_at, trace_id)
    VALUES (%(name)s, %(payload)s::jsonb, %(now)s, %(trace_id)s)
    RETURNING id
)
INSERT INTO kernel_delivery (event_id, subscriber, due_at, attempts, last_error)
SELECT event.id, subscriber, %(now)s, 0, ''
FROM event, unnest(%(subscribers)s::text[]) AS subscriber
