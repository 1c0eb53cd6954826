-- experience: how residents say that it went, by department and channel, over the questions asked about in a period.
-- Groups by nothing that points at a person: no team, no employee.
SELECT team.department_id, asked.channel, count(*) AS asked, count(answered_at) AS answered, avg(grade)::float8 AS grade,
    avg(solved::int)::float8 AS solved, avg(told_again::int)::float8 AS told_again
FROM contact_followup AS asked JOIN access_team AS team ON team.key = asked.team
WHERE asked.why_not = '' AND asked.decided_at >= %(begins)s AND asked.decided_at < %(ends)s
GROUP BY team.department_id, asked.channel ORDER BY team.department_id, asked.channel
