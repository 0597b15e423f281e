-- The tokens of said.sql by number, in their order: said, place, form. given_form: written, form
SELECT u.said, u.place, g.form FROM uttered u JOIN given_form g USING (written) ORDER BY u.said, u.place
