-- Who may come in. A user is also a record: it may be a member of a target list like a contact.
create table "user" (
  id               uuid primary key,
  user_name        text not null,
  first_name       text not null default '',
  last_name        text not null default '',
  title            text not null default '',
  phone_number     text not null default '',
  description      text not null default '',
  email_address    text not null default '',
  email_key        text generated always as (lower(email_address)) stored,
  email_malformed  boolean not null default false,
  do_not_email     boolean not null default false,
  is_active        boolean not null default true,
  type             text not null default 'regular' check (type in ('admin', 'regular', 'api')),
  password_hash    text,
  assigned_user_id uuid,
  team_ids         uuid[] not null default '{}',
  role_ids         uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1
);
create unique index user_user_name on "user" (lower(user_name));
create index user_email_key on "user" (email_key) where email_key <> '';
create index user_created_at on "user" (created_at, id);

-- Only the SHA-256 of a session's secret is stored.
create table session (
  id          uuid primary key,
  user_id     uuid not null references "user" on delete cascade,
  secret_hash text not null unique,
  csrf_token  text not null,
  ip          text not null default '',
  user_agent  text not null default '',
  created_at  timestamptz not null default now(),
  seen_at     timestamptz not null default now(),
  expires_at  timestamptz not null
);
create index session_of_user on session (user_id);

create table api_key (
  id           uuid primary key,
  name         text not null,
  user_id      uuid not null references "user" on delete cascade,
  secret_hash  text not null unique,
  -- The first characters, so that a person recognises the key.
  hint         text not null,
  created_at   timestamptz not null default now(),
  created_by   uuid,
  last_used_at timestamptz,
  version      int not null default 1
);

-- Sign-in back-off: failures per user name and per address, forgotten after a while.
create table sign_in_failure (
  scope     text primary key,
  failures  int not null,
  last_at   timestamptz not null
);

create table audit_entry (
  id        uuid primary key,
  at        timestamptz not null default now(),
  user_id   uuid,
  user_name text not null default '',
  action    text not null,
  about_type text not null default '',
  about_id  text,
  about_name text,
  ip        text not null default '',
  detail    jsonb not null default '{}'
);
create index audit_entry_at on audit_entry (at desc, id);
