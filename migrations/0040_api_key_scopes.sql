-- What a key may be used for, of all that its user may do; until when; and from where it was used last. Keys made before may do all of it, as until now.
alter table api_key
  add scopes       text[] not null default '{all:write}',
  add expires_at   timestamptz,
  add last_used_ip text not null default '';
