-- Ways in by mail. Of a link only the SHA-256 of its random part is stored.

-- A user who has not accepted yet; the row goes when he does.
create table invitation (
  user_id     uuid primary key references "user" on delete cascade,
  secret_hash text not null unique,
  invited_by  uuid references "user" on delete set null,
  sent_at     timestamptz not null,
  expires_at  timestamptz not null
);
create index invitation_sent on invitation (sent_at desc, user_id);

create table password_reset (
  secret_hash text primary key,
  user_id     uuid not null references "user" on delete cascade,
  asked_at    timestamptz not null,
  expires_at  timestamptz not null
);
create index password_reset_of_user on password_reset (user_id);

-- What a mail says that opens a door: nobody reads it in the database. Given, it stands in place of text_body.
alter table system_mail add text_sealed text;
