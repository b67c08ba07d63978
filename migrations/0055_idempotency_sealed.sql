-- A request is known again and answered again whatever secret came meanwhile: hash and answer are sealed under names by which a rotation finds them.
-- Those that are there hold for a day at most, and were made with a key that cannot be told from here.
delete from idempotency_key;
alter table idempotency_key drop column request_hash, drop column body;
alter table idempotency_key add column request_sealed text, add column answer_sealed text;
