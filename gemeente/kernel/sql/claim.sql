-- claim: the oldest due deliveries that nobody else holds; the lock lasts as long as the transaction that handles them.
SELECT delivery.id, delivery.subscriber, delivery.attempts, event.name, event.payload::text, event.trace_id
FROM kernel_delivery AS delivery
JOIN kernel_event AS event ON event.id = delivery.event_id
WHERE delivery.set_aside_at IS NULL AND delivery.due_at <= %(now)s
ORDER BY delivery.due_at, delivery.id
LIMIT %(limit)s
FOR UPDATE OF delivery SKIP LOCKED
