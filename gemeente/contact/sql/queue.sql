-- queue: one page of open questions, danger first and then by answer date, with who asked; and how many stand in each row.
SELECT
    (SELECT count(*) FROM contact_question WHERE closed_at IS NULL AND handler = %(employee)s) AS mine,
    (SELECT count(*) FROM contact_question WHERE closed_at IS NULL AND team = ANY(%(teams)s::text[])) AS team,
    (
        SELECT count(*) FROM contact_question AS question JOIN contact_follow AS follow ON follow.question = question.id
        WHERE follow.employee = %(employee)s AND closed_at IS NULL
            AND (%(sees_all)s OR team = ANY(%(teams)s::text[]) OR handler = %(employee)s)
    ) AS followed,
    (
        SELECT coalesce(json_agg(json_build_object(
            'id', one.id, 'number', one.number, 'title', one.title, 'channel', one.channel, 'state', one.state,
            'urgency', one.urgency, 'urgency_reason', one.urgency_reason, 'team', one.team, 'handler', one.handler,
            'due', one.answer_due, 'answered', one.first_answered_at IS NOT NULL,
            'asker', coalesce(nullif(one.asker_name, ''), one.asker_email),
            'kind', party.kind, 'given', split_part(party.given_names, ' ', 1), 'prefix', party.prefix,
            'family', party.family_name, 'business', party.business_name)
            ORDER BY one.urgency_rank DESC, one.answer_due, one.id), '[]')::text
        FROM (
            SELECT * FROM contact_question
            WHERE closed_at IS NULL
                AND CASE %(row)s::text
                    WHEN 'mine' THEN handler = %(employee)s
                    WHEN 'team' THEN team = ANY(%(teams)s::text[])
                    WHEN 'followed' THEN id IN (SELECT question FROM contact_follow WHERE employee = %(employee)s)
                        AND (%(sees_all)s OR team = ANY(%(teams)s::text[]) OR handler = %(employee)s)
                    ELSE id = ANY(%(chosen)s::uuid[])
                END
            ORDER BY urgency_rank DESC, answer_due, id LIMIT %(limit)s OFFSET %(offset)s
        ) AS one
        LEFT JOIN residents_party AS party ON party.id = one.party
    ) AS page
