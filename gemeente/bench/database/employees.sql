-- employees: as many in each team; the first of a team leads it.
WITH numbered AS (
    SELECT place + teams * nth AS n, nth = 0 AS leads, team.key AS team, department_id
    FROM (SELECT key, department_id, row_number() OVER (ORDER BY key) - 1 AS place, count(*) OVER () AS teams FROM access_team) AS team
    CROSS JOIN generate_series(0, %(team_size)s::bigint - 1) AS nth
), employed AS (
    INSERT INTO access_employee (id, username, name, roles, department_id, phone, works_days, what_for, active)
    SELECT pg_temp.employee_key(n), 'medewerker' || n,
        pg_temp.pick(%(female)s::text[] || %(male)s::text[], n, 41) || ' ' || pg_temp.pick(%(families)s, n, 42),
        CASE WHEN team = 'kcc' THEN ARRAY['kcc'] WHEN leads THEN ARRAY['team_lead'] ELSE ARRAY['specialist'] END,
        department_id, '14 050', 'Maandag tot en met vrijdag', '', true
    FROM numbered
)
INSERT INTO access_employee_teams (employee_id, team_id) SELECT pg_temp.employee_key(n), team FROM numbered ORDER BY n
