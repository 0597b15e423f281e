-- Texts and replies as masked now, from the frames remasked_text(id, text) and remasked_reply(id, text); the places of corrections in
-- them, from remasked_correction(id, start, stop); a correction whose place is masked away is left out (start NULL).
UPDATE verbatim SET text = r.text FROM remasked_text r WHERE r.id = verbatim.id;
UPDATE feedback SET reply = r.text FROM remasked_reply r WHERE r.id = feedback.id;
DELETE FROM correction USING remasked_correction r WHERE r.id = correction.id AND r.start IS NULL;
UPDATE correction SET start = r.start, stop = r.stop FROM remasked_correction r WHERE r.id = correction.id;
