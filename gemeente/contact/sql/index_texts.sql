-- index_texts: the words of these questions, in stems of their language, and the month in which each was asked. Of a thread without end the newest
-- letters count.
INSERT INTO contact_searchtext (question, asked_at, words)
SELECT id, asked_at,
    to_tsvector(CASE WHEN language = 'en' THEN 'english'::regconfig ELSE 'dutch'::regconfig END, left(concat_ws(E'\n', title, wish, said.text), %(letters)s))
        || array_to_tsvector(ARRAY[to_char(asked_at AT TIME ZONE 'Europe/Amsterdam', '"@"YYYY-MM')])
FROM contact_question AS question CROSS JOIN LATERAL (
    SELECT string_agg(concat_ws(E'\n', moment.subject, moment.text), E'\n' ORDER BY moment.at DESC) AS text
    FROM contact_contactmoment AS moment WHERE moment.question = question.id
) AS said
WHERE id = ANY(%(questions)s::uuid[])
ON CONFLICT (question) DO UPDATE SET asked_at = excluded.asked_at, words = excluded.words
