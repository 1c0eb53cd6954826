-- for_me: to what an employee was called in and did not open yet, newest first; and the choices from the queue that they kept.
SELECT (
    SELECT coalesce(json_agg(json_build_object('number', number, 'title', title, 'by_name', by_name, 'at', at) ORDER BY at DESC), '[]')
    FROM (
        SELECT question.number, question.title, mention.by_name, mention.at
        FROM contact_mention AS mention JOIN contact_question AS question ON question.id = mention.question
        WHERE mention.employee = %(employee)s AND mention.read_at IS NULL
        ORDER BY mention.at DESC LIMIT %(limit)s
    ) AS one
)::text AS mentions, (
    SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'choice', choice) ORDER BY name), '[]')
    FROM contact_savedfilter WHERE employee = %(employee)s
)::text AS kept
