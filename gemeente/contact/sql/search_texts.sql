-- search_texts: one page of the questions that hold these words and that this employee may open (as `rules.may_open` says), the newest first; and how many others may not be
-- opened, at most so many. Slices of time are searched one after another, and no further than the page needs. Of each question the moment that fits
-- best is shown, of its newest: all words before some, then the newest.
WITH asked AS MATERIALIZED (
    SELECT to_tsquery('dutch', %(all)s) || to_tsquery('english', %(all)s) AS all_of,
        to_tsquery('dutch', %(any)s) || to_tsquery('english', %(any)s) AS any_of,
        numnode(to_tsquery('dutch', %(all)s)) > 0 AND numnode(to_tsquery('english', %(all)s)) > 0 AS understood
), wanted AS MATERIALIZED (
    SELECT found.*
    FROM asked CROSS JOIN unnest(%(months)s::text[], %(until)s::timestamptz[], %(until_id)s::uuid[]) AS slice (months, until, until_id)
    CROSS JOIN LATERAL (
        SELECT question.*
        FROM contact_searchtext AS text JOIN contact_question AS question ON question.id = text.question
        WHERE text.words @@ (slice.months::tsquery && asked.all_of) AND (text.asked_at, text.question) < (slice.until, slice.until_id)
            AND text.asked_at >= %(since)s AND question.merged_into IS NULL
            AND (%(opens_all)s OR question.team = ANY(%(teams)s::text[]) OR question.handler = %(employee)s
                OR question.id IN (SELECT question FROM contact_followuptask WHERE state = 'open' AND team = ANY(%(teams)s::text[])))
            AND (%(team)s = '' OR question.team = %(team)s) AND (%(product)s = '' OR question.product = %(product)s)
            AND (%(channel)s = '' OR question.channel = %(channel)s) AND (%(state)s = '' OR question.state = %(state)s)
        ORDER BY text.asked_at DESC, text.question DESC LIMIT %(limit)s
    ) AS found
    WHERE asked.understood
    LIMIT %(limit)s
), elsewhere AS MATERIALIZED (
    SELECT
    FROM asked CROSS JOIN unnest(%(months)s::text[], %(until)s::timestamptz[], %(until_id)s::uuid[]) AS slice (months, until, until_id)
    CROSS JOIN LATERAL (
        SELECT
        FROM contact_searchtext AS text JOIN contact_question AS question ON question.id = text.question
        WHERE text.words @@ (slice.months::tsquery && asked.all_of) AND (text.asked_at, text.question) < (slice.until, slice.until_id)
            AND text.asked_at >= %(since)s AND question.merged_into IS NULL
            AND question.team <> ALL(%(teams)s::text[]) AND question.handler IS DISTINCT FROM %(employee)s
            AND question.id NOT IN (SELECT question FROM contact_followuptask WHERE state = 'open' AND team = ANY(%(teams)s::text[]))
            AND (%(team)s = '' OR question.team = %(team)s) AND (%(product)s = '' OR question.product = %(product)s)
            AND (%(channel)s = '' OR question.channel = %(channel)s) AND (%(state)s = '' OR question.state = %(state)s)
        LIMIT %(elsewhere)s
    ) AS found
    WHERE NOT %(opens_all)s AND asked.understood
    LIMIT %(elsewhere)s
)
SELECT
    (SELECT understood FROM asked),
    (SELECT count(*) FROM elsewhere) AS elsewhere,
    (
        SELECT coalesce(json_agg(json_build_object(
            'id', one.id, 'number', one.number, 'team', one.team, 'state', one.state, 'channel', one.channel, 'asked_at', one.asked_at, 'handler', one.handler,
            'title', ts_headline(one.config, translate(one.title, %(marks)s, ''), asked.any_of, 'HighlightAll=true, ' || %(style)s),
            'at', moment.at, 'who', moment.author_name, 'direction', moment.direction, 'internal', moment.internal, 'fits', coalesce(moment.fits > 0, false),
            'snippet', ts_headline(one.config, translate(moment.text, %(marks)s, ''), asked.any_of, 'MaxFragments=2, MaxWords=18, MinWords=6, FragmentDelimiter=" … ", ' || %(style)s)
            ) ORDER BY one.asked_at DESC, one.id DESC), '[]')::text
        FROM asked CROSS JOIN (
            SELECT *, CASE WHEN language = 'en' THEN 'english'::regconfig ELSE 'dutch'::regconfig END AS config FROM wanted
        ) AS one
        LEFT JOIN LATERAL (
            SELECT *, (words @@ asked.all_of)::int + (words @@ asked.any_of)::int AS fits
            FROM (
                SELECT at, author_name, direction, internal, concat_ws(E'\n', nullif(subject, ''), text) AS text,
                    to_tsvector(one.config, concat_ws(E'\n', subject, text)) AS words
                FROM contact_contactmoment WHERE question = one.id ORDER BY at DESC, id DESC LIMIT %(moments)s
            ) AS newest
            ORDER BY fits DESC, at DESC LIMIT 1
        ) AS moment ON true
    ) AS page
