-- asked: each question that was ever asked: who, when, about what, and what became of it. A draft from which the tables are filled.
-- Some people ask a great deal: the first asks 26 times as much as the average, and half of them less than two thirds of it.
CREATE TEMP TABLE asked AS
WITH team AS (
    SELECT key, row_number() OVER (ORDER BY key) - 1 AS place, count(*) OVER () AS teams FROM access_team
), product AS (
    SELECT upl, name, team_id, norm_workdays, string_to_array(replace(phrases, '!', ''), '; ') AS phrases, team.place, team.teams,
        row_number() OVER (ORDER BY md5(upl)) - 1 AS nth, count(*) OVER () AS products
    FROM products_product JOIN team ON team.key = team_id
), drawn AS (
    SELECT q, (%(residents)s * (power(0.02 + pg_temp.chance(q, 51), 2) - 0.0004) / 1.04)::bigint * 7919 %% %(residents)s AS who,
        %(until)s::timestamptz - interval '40 months' * (1 - power(q::float8 / %(questions)s, 0.9)) AS day,
        floor(power(pg_temp.chance(q, 52), 1.7) * (SELECT count(*) FROM products_product))::bigint AS nth,
        q > 0.97 * %(questions)s AND pg_temp.chance(q, 53) < 0.45 OR q > 0.85 * %(questions)s AND pg_temp.chance(q, 53) < 0.01 AS open,
        (ARRAY[2, 2, 2, 3, 3, 4, 4, 5])[1 + q %% 8] AS moments
    FROM generate_series(1, %(questions)s::bigint) AS q
), timed AS (
    SELECT *, least(pg_temp.office_hours(day, q, 54), %(until)s::timestamptz - interval '1 minute' * (1 + q %% 600)) AS asked_at FROM drawn
)
SELECT timed.q, pg_temp.row_key(asked_at, q, 6) AS id, asked_at, moments, open, party.id AS party, party.given_names AS asker,
    party.language, product.upl, product.name AS product, product.team_id AS team, pg_temp.pick(product.phrases, q, 55) AS phrase,
    (ARRAY['web', 'web', 'web', 'email', 'email', 'phone', 'phone', 'phone', 'desk', 'letter'])[1 + floor(pg_temp.chance(q, 56) * 10)::int] AS channel,
    CASE WHEN NOT open THEN 'closed' ELSE (ARRAY['new', 'new', 'working', 'working', 'waiting'])[1 + q / 8 %% 5] END AS state,
    product.place + teams * floor(pg_temp.chance(q, 57) * %(team_size)s)::bigint AS handler_nth,
    CASE WHEN pg_temp.chance(q, 58) < 0.01 THEN 2 WHEN pg_temp.chance(q, 58) < 0.07 THEN 1 ELSE 0 END AS urgency_rank,
    asked_at + interval '17 hours' + interval '1 day' * floor(norm_workdays * 1.4 * (0.5 + pg_temp.chance(q, 59))) AS answer_due,
    least(asked_at + interval '10 minutes' + interval '14 days' * power(pg_temp.chance(q, 60), 2), %(until)s) AS ended_at
FROM timed JOIN product ON product.nth = timed.nth JOIN residents_party AS party ON party.id = pg_temp.party_key(1 + who)
