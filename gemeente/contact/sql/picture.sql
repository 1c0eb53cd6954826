-- picture: all that we have with one resident, in one round trip: questions, the last moments of contact, how to reach them.
-- Only what the purpose allows: the text of a moment is given for the reader's own teams, or to a role that sees all.
SELECT json_build_object(
    'party', (
        SELECT json_build_object(
            'id', party.id, 'kind', party.kind, 'given_names', party.given_names, 'prefix', party.prefix,
            'family_name', party.family_name, 'business_name', party.business_name, 'birth_date', party.birth_date,
            'street', party.street, 'house_number', party.house_number, 'postcode', party.postcode, 'place', party.place,
            'language', party.language, 'large_print', party.large_print, 'preferred_channel', party.preferred_channel)
        FROM residents_party AS party WHERE party.id = %(party)s),
    'addresses', (
        SELECT coalesce(json_agg(json_build_object(
            'kind', address.kind, 'value', address.value, 'verified', address.verified_at IS NOT NULL)), '[]')
        FROM residents_digitaladdress AS address WHERE address.party_id = %(party)s),
    'questions', (
        SELECT coalesce(json_agg(json_build_object(
            'number', one.number, 'title', one.title, 'state', one.state, 'team', one.team, 'urgency', one.urgency,
            'asked_at', one.asked_at, 'answer_due', one.answer_due, 'closed_at', one.closed_at,
            'wish', CASE WHEN %(sees_all)s OR one.team = ANY(%(teams)s) THEN one.wish END)), '[]')
        FROM (
            SELECT * FROM contact_question WHERE party = %(party)s AND (merged_into IS NULL OR outcome <> '')
            ORDER BY asked_at DESC LIMIT 12
        ) AS one),
    'moments', (
        SELECT coalesce(json_agg(json_build_object(
            'at', moment.at, 'channel', moment.channel, 'direction', moment.direction, 'author', moment.author_name,
            'question', question.number,
            'text', CASE WHEN %(sees_all)s OR question.team = ANY(%(teams)s) THEN moment.text END)), '[]')
        FROM (
            SELECT * FROM contact_contactmoment WHERE party = %(party)s ORDER BY at DESC LIMIT 40
        ) AS moment
        JOIN contact_question AS question ON question.id = moment.question)
)::text
