-- first_contact: of the questions that closed in a period, by department and channel, how many the first contact solved:
-- it moved nowhere, never ran again, took one message of the resident's, and nothing on the subject came from them within the days after.
SELECT team.department_id, question.channel, count(*) AS closed,
    avg((
        outcome IN ('solved', 'explained') AND hand_overs = 0 AND times_reopened = 0
        AND (
            SELECT count(*) = 1 FROM contact_contactmoment
            WHERE contact_contactmoment.question = question.id AND direction = 'in' AND NOT internal
        )
        AND NOT EXISTS (
            SELECT FROM contact_question AS later
            WHERE later.party = question.party AND later.product = question.product
                AND later.asked_at > question.asked_at AND later.asked_at <= question.closed_at + %(repeat)s::interval
        )
    )::int)::float8 AS at_once
FROM contact_question AS question JOIN access_team AS team ON team.key = question.team
WHERE question.closed_at >= %(begins)s AND question.closed_at < %(ends)s AND question.merged_into IS NULL
GROUP BY team.department_id, question.channel ORDER BY team.department_id, question.channel
