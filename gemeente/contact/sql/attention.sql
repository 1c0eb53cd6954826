-- attention: what asks for a lead in these teams (all when NULL): how many questions of each kind, and one page of the chosen kind.
-- Danger first, then what waits longest. The running questions are read once; promises, hand-overs and tasks by their own partial
-- indexes. What stands still is looked for in the whole chain: also where only a task of these teams is in it.
WITH running AS MATERIALIZED (
    SELECT id, urgency_rank AS haste, state, handler, hand_overs, asked_at, answer_due, last_moment_at, times_reopened,
        state <> 'waiting' AND first_answered_at IS NULL AS to_answer
    FROM contact_question
    WHERE closed_at IS NULL AND (%(teams)s::text[] IS NULL OR team = ANY(%(teams)s::text[]))
),
asked AS MATERIALIZED (
    SELECT question.id, urgency_rank AS haste, question.team AS owner, task.team, task.partner, task.due_at, task.asked_at,
        question.handler, question.state, question.last_moment_at
    FROM contact_followuptask AS task JOIN contact_question AS question ON question.id = task.question
    WHERE task.state = 'open' AND question.closed_at IS NULL AND (%(teams)s::text[] IS NULL
        OR question.team = ANY(%(teams)s::text[]) OR task.team = ANY(%(teams)s::text[]))
),
chain AS (
    SELECT id, haste, handler, last_moment_at FROM running WHERE state <> 'waiting'
    UNION
    SELECT id, haste, handler, last_moment_at FROM asked
),
away AS MATERIALIZED (
    SELECT DISTINCT ON (employee_id) employee_id, ends, cover_id FROM access_leave
    WHERE %(today)s BETWEEN begins AND ends ORDER BY employee_id, ends DESC
),
marked AS (
    SELECT id AS question, haste, 'late' AS kind, answer_due AS since, '' AS words, handler AS employee
    FROM running WHERE to_answer AND answer_due < %(now)s
    UNION ALL
    -- Until we speak to them again: the resident said in as many words that it is not solved.
    SELECT running.id, haste, 'not_solved', entry.at, entry.words, running.handler
    FROM running JOIN contact_historyentry AS entry ON entry.question = running.id
    WHERE times_reopened > 0 AND entry.kind = 'reopened' AND entry.data @> '{"not_solved": true}' AND NOT EXISTS (
        SELECT FROM contact_contactmoment AS said
        WHERE said.question = running.id AND said.direction = 'out' AND NOT said.internal AND said.at > entry.at)
    UNION ALL
    SELECT running.id, haste, 'broken', promise.due_at, promise.words, promise.employee
    FROM contact_promise AS promise JOIN running ON running.id = promise.question
    WHERE promise.broken_at IS NOT NULL AND promise.kept_at IS NULL AND promise.taken_back_at IS NULL
    UNION ALL
    SELECT running.id, haste, 'away', promise.due_at, promise.words, promise.employee
    FROM contact_promise AS promise JOIN running ON running.id = promise.question JOIN away ON away.employee_id = promise.employee
    WHERE promise.kept_at IS NULL AND promise.broken_at IS NULL AND promise.taken_back_at IS NULL
        AND promise.due_at >= %(day_begins)s AND promise.due_at < %(day_ends)s
    UNION ALL
    SELECT running.id, haste, 'away', running.answer_due, '', running.handler
    FROM running JOIN away ON away.employee_id = running.handler
    WHERE to_answer AND answer_due >= %(day_begins)s AND answer_due < %(day_ends)s
    UNION ALL
    SELECT question.id, question.urgency_rank, 'unaccepted', accept_by, from_team, to_employee
    FROM contact_handover JOIN contact_question AS question ON question.id = contact_handover.question
    WHERE accepted_at IS NULL AND given_back_at IS NULL AND accept_by < %(now)s
        AND (%(teams)s::text[] IS NULL OR from_team = ANY(%(teams)s::text[]) OR to_team = ANY(%(teams)s::text[]))
    UNION ALL
    -- What the machine notes is no sign of life: it has no actor. OFFSET 0 keeps the planner from looking twice.
    -- The words say with whom it stands: a task first, then a hand-over, else its owner.
    SELECT chain.id, haste, 'stuck', sign.at, coalesce(
        (SELECT 'team:' || team FROM asked WHERE asked.id = chain.id AND team <> '' ORDER BY due_at LIMIT 1),
        (SELECT 'partner:' || partner FROM asked WHERE asked.id = chain.id ORDER BY due_at LIMIT 1),
        (SELECT 'hand_over:' || to_team FROM contact_handover
            WHERE question = chain.id AND accepted_at IS NULL AND given_back_at IS NULL LIMIT 1),
        ''), chain.handler
    FROM chain CROSS JOIN LATERAL (SELECT greatest(
        (SELECT max(at) FROM contact_contactmoment WHERE question = chain.id),
        (SELECT max(at) FROM contact_historyentry WHERE question = chain.id AND actor IS NOT NULL),
        chain.last_moment_at) AS at OFFSET 0) AS sign
    WHERE last_moment_at < %(silent_since)s AND sign.at < %(silent_since)s
    UNION ALL
    SELECT id, haste, 'task', due_at, CASE WHEN team <> '' THEN 'team:' || team ELSE 'partner:' || partner END, handler
    FROM asked WHERE due_at < %(now)s
    UNION ALL
    SELECT id, haste, 'moved', asked_at, hand_overs::text, handler FROM running WHERE hand_overs >= %(moved_from)s
    UNION ALL
    SELECT id, haste, 'nobody', asked_at, '', NULL FROM running WHERE handler IS NULL
),
once AS MATERIALIZED (SELECT DISTINCT ON (kind, question) * FROM marked ORDER BY kind, question, since)
SELECT
    (
        SELECT coalesce(json_object_agg(kind, found), '{}')::text
        FROM (SELECT kind, count(*) AS found FROM once GROUP BY kind) AS tally
    ) AS counts,
    (
        SELECT coalesce(json_agg(json_build_object(
            'id', one.id, 'version', one.version, 'number', one.number, 'title', one.title, 'channel', one.channel,
            'urgency', one.urgency, 'team', one.team, 'handler', one.handler, 'since', chosen.since, 'words', chosen.words,
            'asked_teams', (SELECT coalesce(json_agg(asked.team), '[]') FROM asked WHERE asked.id = one.id AND asked.team <> ''),
            'employee', person.name, 'away_until', away.ends, 'cover', cover.name,
            'asker', coalesce(nullif(one.asker_name, ''), one.asker_email),
            'kind', party.kind, 'given', split_part(party.given_names, ' ', 1), 'prefix', party.prefix,
            'family', party.family_name, 'business', party.business_name)
            ORDER BY chosen.haste DESC, chosen.since, chosen.question), '[]')::text
        FROM (
            SELECT * FROM once WHERE kind = %(kind)s ORDER BY haste DESC, since, question LIMIT %(limit)s OFFSET %(offset)s
        ) AS chosen
        JOIN contact_question AS one ON one.id = chosen.question
        LEFT JOIN residents_party AS party ON party.id = one.party
        LEFT JOIN access_employee AS person ON person.id = chosen.employee
        LEFT JOIN away ON away.employee_id = chosen.employee
        LEFT JOIN access_employee AS cover ON cover.id = away.cover_id AND cover.active
    ) AS page
