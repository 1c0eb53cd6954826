-- questions: the questions with these numbers, from the draft.
INSERT INTO contact_question (
    id, number, party, title, wish, language, product, product_reason, team, urgency, urgency_rank, state, channel, reply_channel,
    asker_name, handler, asked_at, answer_due, last_moment_at, first_answered_at, needs_from_resident, outcome, outcome_text,
    closed_at, late_at, version
)
SELECT id, to_char(asked_at, 'YYYY') || '-' || (10000 + q), party, left(product, 80), pg_temp.pick(%(wishes)s, q, 61), language, upl, phrase, team,
    (ARRAY['normaal', 'vandaag', 'nu'])[1 + urgency_rank], urgency_rank, state, channel, channel, asker,
    CASE WHEN state <> 'new' THEN pg_temp.employee_key(handler_nth) END, asked_at, answer_due, ended_at,
    CASE WHEN NOT open THEN ended_at END, CASE WHEN state = 'waiting' THEN 'Stuur ons een kopie van de huurovereenkomst.' ELSE '' END,
    CASE WHEN open THEN '' ELSE 'solved' END, CASE WHEN open THEN '' ELSE 'Uw vraag is beantwoord.' END,
    CASE WHEN NOT open THEN ended_at END, CASE WHEN open AND answer_due < %(until)s THEN answer_due END, moments
FROM asked WHERE q BETWEEN %(first)s AND %(last)s
