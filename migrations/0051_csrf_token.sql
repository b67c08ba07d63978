-- The token that a change must carry follows from the session's secret, which lies here as its hash only: a copy of the database has neither.
alter table session drop column csrf_token;
