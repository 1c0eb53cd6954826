-- addresses: most people gave an e-mail address, and half of those are verified; most gave a phone number.
INSERT INTO residents_digitaladdress (id, party_id, kind, value, key, verified_at, evidence, preferred)
SELECT pg_temp.row_key('2020-02-01Z', n, 4), pg_temp.party_key(n), 'email', 'inwoner' || n || '@voorbeeld.nl', 'inwoner' || n || '@voorbeeld.nl',
    CASE WHEN pg_temp.chance(n, 31) < 0.5 THEN '2024-01-01Z'::timestamptz END, CASE WHEN pg_temp.chance(n, 31) < 0.5 THEN 'verzonnen' ELSE '' END, true
FROM generate_series(%(first)s::bigint, %(last)s) AS n WHERE pg_temp.chance(n, 30) < 0.85
UNION ALL
SELECT pg_temp.row_key('2020-03-01Z', n, 5), pg_temp.party_key(n), 'phone', '06' || (10000000 + n), '06' || (10000000 + n), NULL, '', false
FROM generate_series(%(first)s::bigint, %(last)s) AS n WHERE pg_temp.chance(n, 32) < 0.75
