-- next: the most urgent open question that this employee may take, held until the transaction ends. One that somebody else holds
-- is passed over, so two who ask at once get two questions.
SELECT question.id, question.number, waiting.id IS NOT NULL
FROM contact_question AS question
LEFT JOIN contact_handover AS waiting
    ON waiting.question = question.id AND waiting.accepted_at IS NULL AND waiting.given_back_at IS NULL
WHERE question.closed_at IS NULL AND question.team = ANY(%(teams)s::text[]) AND question.state <> 'waiting'
    AND (waiting.id IS NULL OR waiting.to_employee IS NULL OR waiting.to_employee = %(employee)s)
    AND (question.handler IS NULL OR (question.first_answered_at IS NULL AND EXISTS (
        SELECT FROM access_leave AS away
        WHERE away.employee_id = question.handler AND %(today)s BETWEEN away.begins AND away.ends
            AND (away.cover_id IS NULL OR away.cover_id = %(employee)s))))
ORDER BY question.urgency_rank DESC, question.answer_due, question.id
LIMIT 1
FOR UPDATE OF question SKIP LOCKED
