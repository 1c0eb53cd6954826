-- residents: people with a name, an address, an age and a BSN that passes the eleven-test. Two or three share a household.
WITH numbered AS (
    SELECT n, (9 * 9 + (SELECT sum((8 - i) * substr(lpad((2 * n)::text, 6, '0'), i, 1)::int) FROM generate_series(1, 6) AS i)) %% 11 AS eleven
    FROM generate_series(%(first)s::bigint, %(last)s) AS n
), named AS (
    SELECT n, pg_temp.chance(n, 10) < 0.51 AS woman, pg_temp.pick(%(prefixes)s, n, 11) AS prefix, pg_temp.pick(%(families)s, n, 12) AS family,
        -- Of two neighbouring eight-digit beginnings at most one leaves 10, for which there is no ninth digit.
        90000000 + 2 * n + (eleven = 10)::int AS begin, CASE WHEN eleven = 10 THEN 1 ELSE eleven END AS digit
    FROM numbered
), whole AS (
    SELECT *, CASE WHEN woman THEN pg_temp.pick(%(female)s, n, 13) ELSE pg_temp.pick(%(male)s, n, 13) END AS given FROM named
)
INSERT INTO residents_party (
    id, kind, bsn, given_names, prefix, family_name, gender, birth_date, street, house_number, postcode,
    place, household, confidential, language, large_print, preferred_channel, made_up, search_name, created_at
)
SELECT pg_temp.party_key(n), 'person', begin::text || digit, given, prefix, family, CASE WHEN woman THEN 'V' ELSE 'M' END,
    date '2008-11-01' - floor(pg_temp.chance(n, 14) * 29000)::int,
    pg_temp.pick(%(streets)s, n * 3 / 7, 15), (1 + floor(pg_temp.chance(n * 3 / 7, 16) * 300))::int::text,
    (9711 + floor(pg_temp.chance(n * 3 / 7, 17) * 37))::int::text
        || chr(65 + floor(pg_temp.chance(n * 3 / 7, 18) * 26)::int) || chr(65 + floor(pg_temp.chance(n * 3 / 7, 19) * 26)::int),
    'Groningen', pg_temp.row_key('2020-01-01Z', n * 3 / 7, 3), pg_temp.chance(n, 20) < 0.005,
    CASE WHEN pg_temp.chance(n, 21) < 0.06 THEN 'en' ELSE 'nl' END, pg_temp.chance(n, 22) < 0.03,
    (ARRAY['web', 'web', 'email', 'email', 'phone', 'letter'])[1 + floor(pg_temp.chance(n, 23) * 6)::int], true,
    btrim(lower(prefix || ' ' || family || ' ' || given)), '2020-01-01Z'
FROM whole
