-- task_lines: what stands above an employee's queue: tasks asked of their teams; and of the questions that they handle, tasks that
-- are late, all tasks done, or one that came back. Danger first, then by date. Read along with the queue, from indexes of its own.
WITH mine AS MATERIALIZED (
    SELECT DISTINCT question.id, question.number, question.title, question.urgency, question.urgency_rank
    FROM contact_question AS question JOIN contact_followuptask AS task ON task.question = question.id
    WHERE question.handler = %(employee)s AND question.closed_at IS NULL
),
lines AS (
    SELECT 'asked' AS kind, question.number, question.title, question.urgency, question.urgency_rank, task.asked, task.due_at AS at,
        task.team, task.partner
    FROM contact_followuptask AS task JOIN contact_question AS question ON question.id = task.question
    WHERE task.state = 'open' AND task.team = ANY(%(teams)s::text[]) AND question.closed_at IS NULL
    UNION ALL
    SELECT 'late', number, title, urgency, urgency_rank, task.asked, task.due_at, task.team, task.partner
    FROM mine JOIN contact_followuptask AS task ON task.question = mine.id
    WHERE task.state = 'open' AND task.due_at < %(now)s AND NOT task.team = ANY(%(teams)s::text[])
    UNION ALL
    -- The owner is to move until they spoke to the resident, or asked the next one.
    SELECT CASE WHEN back.given_back THEN 'back' ELSE 'done' END, number, title, urgency, urgency_rank, '', back.at, '', ''
    FROM mine CROSS JOIN LATERAL (
        SELECT greatest(
            (SELECT max(at) FROM contact_contactmoment WHERE question = mine.id AND direction = 'out' AND NOT internal),
            (SELECT max(asked_at) FROM contact_followuptask WHERE question = mine.id)) AS at
    ) AS moved CROSS JOIN LATERAL (
        SELECT max(ended_at) AS at, bool_or(state = 'given_back') AS given_back FROM contact_followuptask
        WHERE question = mine.id AND state IN ('done', 'given_back') AND ended_at >= moved.at
    ) AS back
    WHERE back.at IS NOT NULL AND (back.given_back
        OR NOT EXISTS (SELECT FROM contact_followuptask WHERE question = mine.id AND state = 'open'))
)
SELECT
    (
        SELECT coalesce(json_agg(json_build_object(
            'kind', kind, 'number', number, 'title', title, 'urgency', urgency, 'asked', asked, 'at', at, 'team', team,
            'partner', partner) ORDER BY urgency_rank DESC, at, number), '[]')::text
        FROM (SELECT * FROM lines ORDER BY urgency_rank DESC, at, number LIMIT %(lines_at_most)s) AS first
    ) AS lines,
    (SELECT count(*) FROM lines) AS lines_found
