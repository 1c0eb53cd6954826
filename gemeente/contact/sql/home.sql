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
            'question', question.number, 'title', question.title, 'who', one.author_name,
            'outgoing', one.direction = 'in', 'channel', one.channel, 'at', one.at,
            'new', one.direction = 'out' AND one.read_at IS NULL,
            'begin', regexp_replace(btrim(left(one.text, 200)), '\s+', ' ', 'g'))
            ORDER BY one.at DESC), '[]')::text
        FROM (
            SELECT * FROM contact_contactmoment WHERE party = %(party)s AND NOT internal ORDER BY at DESC LIMIT %(lines)s
        ) AS one
        JOIN contact_question AS question ON question.id = one.question
    ) AS lines
