-- The audit log by who, what, about what and from where, each in the order of time, and by words: of ten million entries a page comes at once.
drop index audit_entry_at;
create index audit_entry_at     on audit_entry (at, id);
create index audit_entry_user   on audit_entry (user_id, at, id);
create index audit_entry_action on audit_entry (action, at, id);
create index audit_entry_type   on audit_entry (about_type, at, id);
create index audit_entry_about  on audit_entry (about_id, at, id) where about_id is not null;
create index audit_entry_ip     on audit_entry (ip, at, id);
create index audit_entry_search on audit_entry using gin (lower(user_name || ' ' || action || ' ' || about_type || ' ' || coalesce(about_name, '')) gin_trgm_ops);
