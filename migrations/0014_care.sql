-- What people should know without asking, and what was sent, kept as it was.

-- Something a person should know: a fault with its end, or an event.
create table notice (
  id         uuid primary key,
  kind       text not null check (kind <> ''),
  level      text not null check (level in ('info', 'success', 'warning', 'error')),
  title      text not null check (title <> ''),
  text       text not null default '',
  -- What it is about; without a foreign key: a notice outlives it.
  about_type text,
  about_id   text,
  about_name text,
  -- While a fault lasts there is one notice of it, whoever sees it how often.
  once_key   text,
  created_at timestamptz not null,
  -- The fault is over.
  over_at    timestamptz
);
create unique index notice_once on notice (once_key) where once_key is not null and over_at is null;

-- To whom it is said; without a row nobody hears of it.
create table notice_reader (
  user_id   uuid not null references "user" on delete cascade,
  notice_id uuid not null references notice on delete cascade,
  read_at   timestamptz,
  primary key (user_id, notice_id)
);
create index notice_reader_unread on notice_reader (user_id) where read_at is null;
create index notice_reader_notice on notice_reader (notice_id);

-- Store sent emails: the rendered mail of a delivery, byte for byte. A lane table.
create table stored_mail (
  lane          smallint not null,
  delivery_id   bigint not null,
  mass_email_id uuid not null,
  stored_at     timestamptz not null,
  raw           bytea not null,
  primary key (lane, delivery_id)
);
-- Kept uncompressed, like the Sandbox's: written at the pace of sending.
alter table stored_mail alter column raw set storage external;

-- The numbers with which a person let a mass email go on after a safety stop: it stops again only when they get worse.
alter table mass_email add column safety_accepted jsonb;

-- The safety stop's question, each second: how many addresses were dead?
create index delivery_dead on delivery (mass_email_id) where reason_code = 'deadAddress' and not test;
