-- find_names: who has a name that begins as typed, or is one of these words, and all else that was typed; in order of the words given and then of
-- the alphabet. Reads one index and stops at the limit, however many are named so. Who has two names that fit stands in it twice.
SELECT party.*, part.word AS found_by
FROM (
    SELECT part.*, range.nth
    FROM unnest(%(begins)s::text[], %(ends)s::text[]) WITH ORDINALITY AS range (begins, ends, nth)
    CROSS JOIN LATERAL (
        SELECT word, line, party_id FROM residents_namepart
        WHERE word ~>=~ range.begins AND word ~<~ range.ends AND line LIKE ALL (%(others)s::text[]) AND line ~ ALL (%(alike)s::text[])
        ORDER BY word USING ~<~, line LIMIT %(limit)s
    ) AS part
    LIMIT %(limit)s
) AS part
JOIN residents_party AS party ON party.id = part.party_id
ORDER BY part.nth, part.word USING ~<~, part.line
