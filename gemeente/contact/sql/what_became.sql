-- what_became: what became of the questions with which one employee helped: closed, or said to be not solved; the latest first.
-- Found by their own two partial indexes; one page, with the last answer to "how did it go?".
WITH helped AS MATERIALIZED (
    SELECT question FROM contact_contactmoment
    WHERE author = %(employee)s AND direction = 'out' AND NOT internal AND at >= %(since)s
    UNION
    SELECT question FROM contact_historyentry
    WHERE actor = %(employee)s AND kind IN ('noted', 'taken_up') AND at >= %(since)s
),
page AS (
    SELECT question.id, question.number, question.title, question.team, question.handler, question.state, question.outcome,
        question.closed_at, question.times_reopened, said.grade, said.solved, said.told_again, said.words, said.answered_at,
        greatest(said.answered_at, question.closed_at, question.last_moment_at) AS at
    FROM helped JOIN contact_question AS question ON question.id = helped.question
    LEFT JOIN LATERAL (
        SELECT grade, solved, told_again, words, answered_at FROM contact_followup
        WHERE contact_followup.question = question.id AND answered_at IS NOT NULL ORDER BY answered_at DESC LIMIT 1
    ) AS said ON true
    WHERE question.closed_at IS NOT NULL OR question.times_reopened > 0
    ORDER BY at DESC, question.id DESC LIMIT %(limit)s OFFSET %(offset)s
)
SELECT coalesce(json_agg(json_build_object(
    'number', number, 'title', title, 'team', team, 'handler', handler, 'state', state, 'outcome', outcome, 'closed_at', closed_at,
    'times_reopened', times_reopened, 'grade', grade, 'solved', solved, 'told_again', told_again, 'words', coalesce(words, ''),
    'answered_at', answered_at, 'at', at) ORDER BY at DESC, id DESC), '[]')::text
FROM page
