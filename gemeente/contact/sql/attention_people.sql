-- attention_people: who works in these teams, by team and name: how many questions run with them, and whether they are away today.
SELECT member.team_id, employee.id, employee.name, coalesce(held.running, 0), away.ends
FROM access_employee_teams AS member
JOIN access_employee AS employee ON employee.id = member.employee_id AND employee.active
LEFT JOIN (
    SELECT handler, count(*) AS running FROM contact_question
    WHERE closed_at IS NULL AND handler IN (SELECT employee_id FROM access_employee_teams WHERE team_id = ANY(%(teams)s::text[]))
    GROUP BY handler
) AS held ON held.handler = employee.id
LEFT JOIN (
    SELECT employee_id, max(ends) AS ends FROM access_leave WHERE %(today)s BETWEEN begins AND ends GROUP BY employee_id
) AS away ON away.employee_id = employee.id
WHERE member.team_id = ANY(%(teams)s::text[])
ORDER BY member.team_id, employee.name, employee.id
LIMIT %(limit)s
