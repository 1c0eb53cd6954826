-- promises: one for each moment of contact in the questions with these numbers. Nearly all are kept, some were broken or taken back; of the open ones a
-- few hundred fell due in the last hour, and nobody noted that yet.
WITH made AS (
    SELECT asked.*, q * 8 + nth AS n, nth, asked_at + interval '1 hour' * (1 + nth) AS made_at,
        asked_at + interval '1 day' * (1 + floor(pg_temp.chance(q * 8 + nth, 80) * 14)) AS planned, pg_temp.chance(q * 8 + nth, 81) AS fate
    FROM asked CROSS JOIN LATERAL generate_series(0, moments - 1) AS nth WHERE q BETWEEN %(first)s AND %(last)s
), dated AS (
    SELECT *, open AND fate < 0.012 AS due_now,
        CASE WHEN open AND fate < 0.012 THEN %(until)s - interval '1 hour' * pg_temp.chance(n, 82)
            WHEN open THEN %(until)s + interval '30 days' + interval '14 days' * pg_temp.chance(n, 82) ELSE planned END AS due_at
    FROM made
)
INSERT INTO contact_promise (
    id, question, party, words, kind, who, employee, made_at, due_at, remind_at, reminded_at, kept_at, broken_at, taken_back_at, why_taken_back
)
SELECT pg_temp.row_key(made_at, n, 9), id, party, 'Ik bel u hierover.', 'call_back', 'ik', pg_temp.employee_key(handler_nth),
    made_at, due_at, due_at - interval '2 hours', CASE WHEN due_now OR NOT open THEN due_at - interval '2 hours' END,
    CASE WHEN NOT open AND fate < 0.96 THEN due_at - interval '1 hour' END, CASE WHEN NOT open AND fate >= 0.98 THEN due_at END,
    CASE WHEN NOT open AND fate >= 0.96 AND fate < 0.98 THEN due_at - interval '1 hour' END,
    CASE WHEN NOT open AND fate >= 0.96 AND fate < 0.98 THEN 'Het was al geregeld.' ELSE '' END
FROM dated
