-- missing_texts: the newest questions that are in no index yet. Walks two primary keys side by side, from the newest back.
SELECT id FROM contact_question AS question
WHERE id < %(before)s AND NOT EXISTS (SELECT FROM contact_searchtext WHERE question = question.id)
ORDER BY id DESC LIMIT %(limit)s
