-- timeline: one page of a thread, newest first, in one round trip: moments of contact with their files, and our own steps.
-- An employee (internal) sees all steps but these kinds, a resident only these. Each half is read from its own index (question, at) and stops at the page's end, however long the thread.
-- A resident reads their own words and ours to them; of a question merged across two, the steps are those of their own.
SELECT coalesce(json_agg(json_build_object(
    'id', item.id,
    'at', item.at, 'kind', item.kind, 'who', item.who, 'mine', item.mine, 'channel', item.channel, 'text', item.text,
    'subject', item.subject, 'quoted', item.quoted, 'internal', item.internal, 'new', item.new,
    'sender_unknown', item.sender_unknown,
    'files', (
        SELECT coalesce(json_agg(json_build_object(
            'id', file.id, 'name', file.name, 'content_type', file.content_type, 'size', file.size) ORDER BY file.id), '[]')
        FROM channels_attachment AS file WHERE file.moment = item.id)
    ) ORDER BY item.at DESC, item.id DESC), '[]')::text
FROM (
    (
        SELECT id, at, 'moment' AS kind, author_name AS who, direction = 'in' AS mine, channel, text, subject, quoted,
            internal, direction = 'out' AND NOT internal AND read_at IS NULL AS new, sender_unknown
        FROM contact_contactmoment
        WHERE question = %(question)s AND at < coalesce(%(before)s, 'infinity'::timestamptz) AND (%(internal)s OR NOT internal)
            AND (%(party)s::uuid IS NULL OR party = %(party)s)
        ORDER BY at DESC, id DESC LIMIT %(limit)s
    ) UNION ALL (
        SELECT id, at, kind, actor_name, false, '', words, '', '', false, false, false
        FROM contact_historyentry
        WHERE question = %(steps_of)s AND at < coalesce(%(before)s, 'infinity'::timestamptz)
            AND (kind = ANY(%(kinds)s::text[])) <> %(internal)s
        ORDER BY at DESC, id DESC LIMIT %(limit)s
    )
    ORDER BY at DESC, id DESC LIMIT %(limit)s
) AS item
