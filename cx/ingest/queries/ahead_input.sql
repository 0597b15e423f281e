-- The temp tables that reading texts starts from. From the frames given_text and given_language.
CREATE OR REPLACE TEMP TABLE text_input AS FROM given_text;
CREATE OR REPLACE TEMP TABLE declared_language AS FROM given_language;
