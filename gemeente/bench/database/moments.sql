-- moments: what was said in the questions with these numbers. The resident begins; then we answer in turn, and sometimes note something.
-- In a new question nobody answered yet; in one that waits for the resident we spoke last.
WITH said AS (
    SELECT asked.*, q * 8 + nth AS n, nth, handler.name AS employee,
        asked_at + (ended_at - asked_at) * (nth::float8 / (moments - 1)) AS at,
        CASE WHEN nth = 0 OR state = 'new' THEN 'in' WHEN nth %% 2 = 1 OR nth = moments - 1 AND state <> 'working' THEN 'out' ELSE 'in' END AS direction,
        nth = 2 AND moments > 3 AND state <> 'new' AND pg_temp.chance(q, 70) < 0.3 AS internal
    FROM asked CROSS JOIN LATERAL generate_series(0, moments - 1) AS nth
    JOIN access_employee AS handler ON handler.id = pg_temp.employee_key(handler_nth)
    WHERE q BETWEEN %(first)s AND %(last)s
)
INSERT INTO contact_contactmoment (
    id, party, question, at, direction, channel, author, author_name, text, internal, incoming, read_at
)
SELECT pg_temp.row_key(at, n, 7), party, id, at, CASE WHEN internal THEN 'out' ELSE direction END, channel,
    CASE WHEN direction = 'in' AND NOT internal THEN party ELSE pg_temp.employee_key(handler_nth) END,
    CASE WHEN direction = 'in' AND NOT internal THEN asker ELSE employee END,
    CASE
        WHEN internal THEN pg_temp.pick(%(notes)s, n, 71)
        WHEN direction = 'out' THEN pg_temp.pick(%(answers)s, n, 72)
        WHEN nth > 0 THEN pg_temp.pick(%(replies)s, n, 73)
        ELSE concat_ws(' ', format(pg_temp.pick(%(openings)s, n, 74), phrase), pg_temp.pick(%(details)s, n, 75), pg_temp.pick(%(details)s, n, 76),
            pg_temp.pick(%(thanks)s, n, 77), asker)
    END,
    internal, CASE WHEN direction = 'in' AND NOT internal THEN pg_temp.row_key(at, n, 8) END,
    CASE WHEN direction = 'in' OR internal OR pg_temp.chance(n, 78) > CASE WHEN q > 0.97 * %(questions)s THEN 0.2 ELSE 0.02 END
        THEN at + interval '1 day' END
FROM said
