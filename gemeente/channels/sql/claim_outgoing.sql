-- claim_outgoing: take mails that are due; the lease (due_at in the future) gives them back when the sender dies.
UPDATE channels_outgoingmessage SET due_at = %(lease)s, attempts = attempts + 1
WHERE id IN (
    SELECT id FROM channels_outgoingmessage
    WHERE state = 'queued' AND channel = 'email' AND due_at <= %(now)s
    ORDER BY due_at LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
RETURNING id, kind, to_address, to_name, subject, text, language, question, message_id, in_reply_to, attempts, queued_at, moment
