-- functions: all chance comes from hashes of a row's number, so the same number gives the same row, in any order.
-- chance: a number from 0 up to 1; pick: one of a list; row_key: a UUIDv7 made at `at`; office_hours: a likely moment that day.
CREATE FUNCTION pg_temp.chance(n bigint, salt bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(n, salt) & 9007199254740991)::float8 / 9007199254740992;

CREATE FUNCTION pg_temp.pick(list text[], n bigint, salt bigint) RETURNS text LANGUAGE sql IMMUTABLE
RETURN list[1 + floor(pg_temp.chance(n, salt) * cardinality(list))::int];

CREATE FUNCTION pg_temp.row_key(at timestamptz, n bigint, salt bigint) RETURNS uuid LANGUAGE sql STABLE
RETURN overlay(overlay(
    lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || left(md5(n || ':' || salt), 20)
    PLACING '7' FROM 13 FOR 1) PLACING '8' FROM 17 FOR 1)::uuid;

CREATE FUNCTION pg_temp.party_key(n bigint) RETURNS uuid LANGUAGE sql STABLE
RETURN pg_temp.row_key('2020-01-01Z'::timestamptz + n * interval '1 second', n, 1);

CREATE FUNCTION pg_temp.employee_key(n bigint) RETURNS uuid LANGUAGE sql STABLE
RETURN pg_temp.row_key('2019-01-01Z'::timestamptz + n * interval '1 second', n, 2);

CREATE FUNCTION pg_temp.office_hours(day timestamptz, n bigint, salt bigint) RETURNS timestamptz LANGUAGE sql STABLE
RETURN date_trunc('day', day) + interval '7 hours' + interval '12 hours' * pg_temp.chance(n, salt)
    + CASE WHEN extract(isodow FROM day) > 5 AND pg_temp.chance(n, salt + 1) < 0.85 THEN interval '2 days' ELSE interval '0' END;
