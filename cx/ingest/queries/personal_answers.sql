-- One row per survey answer of the customer: feedback, header, wording, native, score (−1 worst … 1 best). From personal.
SELECT a.feedback, q.header, q.wording, a.native, a.score
FROM answer a SEMI JOIN personal USING (feedback) LEFT JOIN question q ON q.id = a.question ORDER BY a.feedback, a.question
