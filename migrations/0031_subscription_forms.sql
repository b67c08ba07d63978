-- Subscription forms, what came in through them, and the proof of consent.

create table subscription_form (
  id               uuid primary key,
  -- Stands in its address.
  key              text not null unique,
  name             text not null check (name <> ''),
  title            text not null default '',
  intro            text not null default '',
  -- [{name, label, required}] of Lead; the address is always asked for.
  fields           jsonb not null default '[]',
  -- Of the text that holds now: subscription_form_text.
  text_version     int not null default 0,
  double_opt_in    boolean not null default true,
  email_template_id uuid references email_template,
  mail_subject     text not null default '',
  mail_body        text not null default '',
  lifetime_hours   int not null default 48 check (lifetime_hours between 1 and 720),
  success_message  text not null default '',
  success_url      text not null default '',
  -- Empty: as the visitor's browser asks.
  language         text not null default '',
  active           boolean not null default true,
  -- Whose the new leads are.
  lead_user_id     uuid references "user" on delete set null,
  lead_team_ids    uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1,
  -- Links in mail that was sent still find it, and say that it is gone.
  deleted_at       timestamptz
);

-- The lists that everybody joins, and those that the visitor chooses among.
create table subscription_form_list (
  form_id        uuid not null references subscription_form on delete cascade,
  target_list_id uuid not null references target_list,
  topic          boolean not null default false,
  position       int not null,
  primary key (form_id, target_list_id)
);

-- What somebody agreed to, word by word: a text never changes, another one is a new version.
create table subscription_form_text (
  form_id      uuid not null references subscription_form on delete cascade,
  version      int not null,
  consent_text text not null,
  at           timestamptz not null,
  by_user_id   uuid,
  primary key (form_id, version)
);

-- One time that somebody subscribed. While it is pending nothing else knows of it; confirmed it is the proof of consent.
create table subscription (
  id                   uuid primary key,
  form_id              uuid not null references subscription_form,
  form_version         int not null,
  text_version         int not null,
  status               text not null default 'pending' check (status in ('pending', 'confirmed')),
  double_opt_in        boolean not null,
  email_address        text not null,
  email_key            text generated always as (lower(email_address)) stored,
  language             text not null,
  target_list_ids      uuid[] not null,
  -- What was filled in; emptied once it stands in a record.
  given                jsonb not null default '{}',
  asked_at             timestamptz not null,
  asked_ip             text not null default '',
  asked_user_agent     text not null default '',
  expires_at           timestamptz,
  -- Why no confirmation mail was written.
  mail_reply           text not null default '',
  -- Of the confirmation mail, which is forgotten earlier than the proof.
  message_id           text,
  mail_sent_at         timestamptz,
  mail_repeats         int not null default 0,
  confirmed_at         timestamptz,
  confirmed_ip         text,
  confirmed_user_agent text,
  entity_type          text,
  record_id            uuid,
  -- Which "no" it lifted, and what still stands against mail.
  effect               jsonb not null default '{}'
);
create index subscription_of_form on subscription (form_id, asked_at desc, id);
create index subscription_address on subscription (email_key, asked_at);
create index subscription_record on subscription (record_id) where record_id is not null;
create index subscription_pending on subscription (expires_at) where status = 'pending';

-- How often a visitor has sent forms lately; neither address nor agent can be read from the mark. Forgotten after a day.
create table subscription_attempt (
  mark  text not null,
  since timestamptz not null,
  count int not null,
  primary key (mark, since)
);
