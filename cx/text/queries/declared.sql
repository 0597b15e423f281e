-- One row per feedback of text_input of which declared_language says another language than German: feedback, language.
SELECT DISTINCT ON (feedback) feedback, language
FROM declared_language SEMI JOIN text_input USING (feedback) WHERE language <> 'de'
