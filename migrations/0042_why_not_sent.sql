-- Why a mass email is still, or again, a draft is told by a code, not read from the words that people see.
alter table mass_email add column notice_code text check (notice_code in ('emptyAudience', 'preflightFailed'));
update mass_email set notice_code = 'emptyAudience' where status = 'draft' and notice like 'Nobody would get it:%';
