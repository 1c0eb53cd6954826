-- company: note that an employee has a question open (and so saw that they were called in), tell its other readers when that is
-- news, and return who they are.
-- A page of the thread is read in the same round trip: the statement `timeline` follows as one more column.
WITH here AS (
    INSERT INTO contact_presence (question, employee, seen_at) VALUES (%(question)s, %(employee)s, %(now)s)
    ON CONFLICT (question, employee) DO UPDATE SET seen_at = excluded.seen_at
), read AS (
    UPDATE contact_mention SET read_at = %(now)s WHERE question = %(question)s AND employee = %(employee)s AND read_at IS NULL
), told AS (
    SELECT contact_tell_company(%(question)s) WHERE NOT EXISTS (
        SELECT FROM contact_presence WHERE question = %(question)s AND employee = %(employee)s AND seen_at > %(seen_since)s)
)
SELECT (SELECT count(*) FROM told) AS told, (
    SELECT coalesce(json_agg(json_build_object('name', employee.name, 'writing_since', draft.saved_at) ORDER BY employee.name), '[]')
    FROM (
        SELECT employee FROM contact_presence WHERE question = %(question)s AND seen_at > %(seen_since)s
        UNION SELECT employee FROM contact_draft WHERE question = %(question)s AND saved_at > %(written_since)s AND text <> ''
    ) AS near
    JOIN access_employee AS employee ON employee.id = near.employee AND employee.id <> %(employee)s
    LEFT JOIN contact_draft AS draft
        ON draft.question = %(question)s AND draft.employee = near.employee AND draft.saved_at > %(written_since)s AND draft.text <> ''
)::text AS company
