-- A block of a file joins what came before it. From the frames given_row, given_text and given_answer.
INSERT INTO incoming BY NAME FROM given_row;
INSERT INTO incoming_text BY NAME FROM given_text;
INSERT INTO incoming_answer BY NAME FROM given_answer;
