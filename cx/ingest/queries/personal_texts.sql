-- One row per text of the customer's feedback: feedback, field, question, text. From personal.
SELECT v.feedback, v.field, v.question, v.text FROM verbatim v SEMI JOIN personal USING (feedback) ORDER BY v.feedback, v.ordinal, v.id
