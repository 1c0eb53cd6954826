-- incoming: the message as it arrived, for each moment of contact that a resident began.
INSERT INTO channels_incomingmessage (id, channel, channel_id, received_at, party, sender_name, text, reply_channel, state)
SELECT moment.incoming, moment.channel, md5(moment.incoming::text)::uuid::text, at, moment.party, author_name, text, moment.channel, 'taken_in'
FROM asked JOIN contact_contactmoment AS moment ON moment.question = asked.id
WHERE q BETWEEN %(first)s AND %(last)s AND moment.incoming IS NOT NULL
