-- index_names: the names of these parties, word by word. Returns the words that nobody had before.
WITH named AS (
    SELECT DISTINCT id, left(word, %(letters)s) AS word,
        format(' %%s %%s %%s ', search_name, lower(postcode), lower(house_number)) AS line
    FROM residents_party CROSS JOIN LATERAL regexp_split_to_table(search_name, ' ') AS word
    WHERE id = ANY(%(parties)s::uuid[]) AND word <> ''
), gone AS (
    DELETE FROM residents_namepart AS part
    WHERE party_id = ANY(%(parties)s::uuid[]) AND NOT EXISTS (SELECT FROM named WHERE id = part.party_id AND word = part.word)
), kept AS (
    INSERT INTO residents_namepart (party_id, word, line) SELECT id, word, line FROM named
    ON CONFLICT (party_id, word) DO UPDATE SET line = excluded.line
)
SELECT DISTINCT word FROM named WHERE NOT EXISTS (SELECT FROM residents_namevariant AS known WHERE known.variant = named.word AND known.word = named.word)
