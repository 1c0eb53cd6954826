-- accept: keep a message once, with the files that its form held; returns nothing when this channel delivered the same id before.
WITH accepted AS (
    INSERT INTO channels_incomingmessage (
        id, channel, channel_id, received_at, sent_at, party, sender_name, sender_email, sender_phone, sender_post,
        subject, text, wish, quoted, reply_channel, question, "references", addressed_to, automatic, problems, taken_by,
        urgency, urgency_reason, product, team, language, raw, state, why_set_aside
    ) VALUES (
        %(id)s, %(channel)s, %(channel_id)s, %(received_at)s, %(sent_at)s, %(party)s, %(sender_name)s, %(sender_email)s,
        %(sender_phone)s, %(sender_post)s, %(subject)s, %(text)s, %(wish)s, %(quoted)s, %(reply_channel)s, %(question)s,
        %(references)s::text[], %(addressed_to)s::text[], %(automatic)s, %(problems)s::text[], %(taken_by)s,
        %(urgency)s, %(urgency_reason)s, %(product)s, %(team)s, %(language)s, %(raw)s, 'accepted', ''
    )
    ON CONFLICT (channel, channel_id) DO NOTHING
    RETURNING id
), handed_over AS (
    UPDATE channels_attachment SET incoming_id = accepted.id, held_for = NULL, held_at = NULL
    FROM accepted WHERE held_for = %(held_files)s
)
SELECT id FROM accepted
