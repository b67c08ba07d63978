-- Mail that the product itself writes (confirmations, reports, summaries, notices): an outbox, written in the transaction of what it tells.
create table system_mail (
  id         uuid primary key,
  -- What it is for, and of what; where `ref` is given there is one mail of it and no second one.
  purpose    text not null,
  ref        text not null default '',
  to_address text not null,
  to_name    text not null default '',
  subject    text not null,
  text_body  text not null,
  html_body  text,
  message_id text,
  status     text not null default 'queued' check (status in ('queued', 'sent', 'failed', 'uncertain')),
  -- The server's answer, or why it does not go out.
  reply      text not null default '',
  attempts   int not null default 0,
  -- When it is tried (again); while somebody carries it, when his claim ends. Null once it is settled.
  due_at     timestamptz,
  -- It is of no use afterwards.
  expires_at timestamptz,
  created_at timestamptz not null,
  -- The mark, before the final dot: from here on it may have left.
  wire_at    timestamptz,
  ended_at   timestamptz,
  -- How often it went out again because nobody knew whether it had arrived.
  repeats    int not null default 0
);
create unique index system_mail_once on system_mail (purpose, ref) where ref <> '';
create index system_mail_due on system_mail (due_at) where due_at is not null;
create index system_mail_ended on system_mail (ended_at) where ended_at is not null;

create table system_mail_file (
  mail_id      uuid not null references system_mail on delete cascade,
  place        int not null,
  file_name    text not null,
  content_type text not null,
  -- Given, the file is shown where the HTML says cid:…; else it is attached.
  content_id   text,
  content      bytea not null,
  primary key (mail_id, place)
);
