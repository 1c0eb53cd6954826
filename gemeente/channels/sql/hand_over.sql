-- hand_over: the files of a form go to the message that it became; most forms have none.
UPDATE channels_attachment SET incoming_id = %(incoming)s, held_for = NULL, held_at = NULL WHERE held_for = %(token)s
