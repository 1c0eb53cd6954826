-- home: what a resident sees at one glance: how much is unread, the running questions by date, and the last messages.
-- Each part reads its own index: what is unread, a party's questions, a party's moments of contact.
SELECT
    (
        SELECT count(*) FROM contact_contactmoment
        WHERE party = %(party)s AND direction = 'out' AND NOT internal AND read_at IS NULL
    ) AS unread,
    (
        SELECT coalesce(json_agg(json_build_object(
            'id', one.id, 'number', one.number, 'title', one.title, 'state', one.state, 'urgency', one.urgency,
            'urgency_code', one.urgency_code, 'team', one.team, 'asked_at', one.asked_at, 'answer_due', one.answer_due,
            'first_answered_at', one.first_answered_at, 'closed_at', one.closed_at,
            'needs_from_resident', one.needs_from_resident)
            ORDER BY one.needs_from_resident = '', one.answer_due, one.id), '[]')::text
        FROM (
            SELECT * FROM contact_question WHERE party = %(party)s AND closed_at IS NULL ORDER BY answer_due, id LIMIT %(tiles)s
        ) AS one
    ) AS tiles,
    (
        SELECT coalesce(json_agg(json_build_object(
            'question', coalesce(own.number, thread.number), 'title', coalesce(own.title, thread.title), 'who', one.author_name,
            'outgoing', one.direction = 'in', 'channel', one.channel, 'at', one.at,
            'new', one.direction = 'out' AND one.read_at IS NULL,
            'begin', regexp_replace(btrim(left(one.text, 200)), '\s+', ' ', 'g'))
            ORDER BY one.at DESC), '[]')::text
        FROM (
            SELECT * FROM contact_contactmoment WHERE party = %(party)s AND NOT internal ORDER BY at DESC LIMIT %(lines)s
        ) AS one
        JOIN contact_question AS thread ON thread.id = one.question
        -- Merged into another resident's question: this resident's own number and title, never those of the other.
        LEFT JOIN LATERAL (
            SELECT number, title FROM contact_question
            WHERE merged_into = thread.id AND party = one.party AND outcome <> '' LIMIT 1
        ) AS own ON thread.party IS DISTINCT FROM one.party
    ) AS lines
