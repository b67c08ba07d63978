-- The shipped entity types. Columns are the API's field names in snake case; the definitions are in src/records.
-- Every mailable type has email_address (as stored), email_key (how addresses compare), email_malformed, do_not_email.
create table account (
  id               uuid primary key,
  name             text not null,
  email_address    text not null default '',
  email_key        text generated always as (lower(email_address)) stored,
  email_malformed  boolean not null default false,
  do_not_email     boolean not null default false,
  website          text not null default '',
  phone_number     text not null default '',
  type             text not null default '',
  industry         text not null default '',
  billing_address_street      text not null default '',
  billing_address_city        text not null default '',
  billing_address_state       text not null default '',
  billing_address_postal_code text not null default '',
  billing_address_country     text not null default '',
  description      text not null default '',
  assigned_user_id uuid references "user" on delete set null,
  team_ids         uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1
);

create table contact (
  id               uuid primary key,
  -- The name people see: first and last, else the address. Computed here so that it can be searched and sorted.
  name             text generated always as (coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address)) stored,
  salutation       text not null default '',
  first_name       text not null default '',
  last_name        text not null default '',
  title            text not null default '',
  account_id       uuid references account on delete set null,
  email_address    text not null default '',
  email_key        text generated always as (lower(email_address)) stored,
  email_malformed  boolean not null default false,
  do_not_email     boolean not null default false,
  phone_number     text not null default '',
  address_street      text not null default '',
  address_city        text not null default '',
  address_state       text not null default '',
  address_postal_code text not null default '',
  address_country     text not null default '',
  description      text not null default '',
  assigned_user_id uuid references "user" on delete set null,
  team_ids         uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1
);

create table lead (
  id               uuid primary key,
  name             text generated always as (coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address)) stored,
  salutation       text not null default '',
  first_name       text not null default '',
  last_name        text not null default '',
  title            text not null default '',
  account_name     text not null default '',
  status           text not null default 'New',
  source           text not null default '',
  email_address    text not null default '',
  email_key        text generated always as (lower(email_address)) stored,
  email_malformed  boolean not null default false,
  do_not_email     boolean not null default false,
  phone_number     text not null default '',
  address_street      text not null default '',
  address_city        text not null default '',
  address_state       text not null default '',
  address_postal_code text not null default '',
  address_country     text not null default '',
  description      text not null default '',
  assigned_user_id uuid references "user" on delete set null,
  team_ids         uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1
);

alter table "user" add column name text
  generated always as (coalesce(nullif(trim(first_name || ' ' || last_name), ''), nullif(user_name, ''), email_address)) stored;

-- "Who has this address?" and "who must not be mailed?" are asked for every mass email.
create index account_email_key on account (email_key) where email_key <> '';
create index contact_email_key on contact (email_key) where email_key <> '';
create index lead_email_key    on lead    (email_key) where email_key <> '';
create index account_do_not_email on account (email_key) where do_not_email;
create index contact_do_not_email on contact (email_key) where do_not_email;
create index lead_do_not_email    on lead    (email_key) where do_not_email;
create index user_do_not_email    on "user"  (email_key) where do_not_email;
-- Lists open newest first; keyset pages need the id as the tie-break.
create index account_created_at on account (created_at, id);
create index contact_created_at on contact (created_at, id);
create index lead_created_at    on lead    (created_at, id);
create index account_name on account (lower(name), id);
create index contact_name on contact (lower(name), id);
create index lead_name    on lead    (lower(name), id);
create index contact_account on contact (account_id);
-- Text search: any part of name or address.
create extension if not exists pg_trgm;
create index account_search on account using gin (lower(name || ' ' || email_address) gin_trgm_ops);
create index contact_search on contact using gin (lower(coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address) || ' ' || email_address) gin_trgm_ops);
create index lead_search    on lead    using gin (lower(coalesce(nullif(trim(first_name || ' ' || last_name), ''), email_address) || ' ' || email_address) gin_trgm_ops);

-- Files brought in, and what became of each row that is worth a word.
create table import (
  id             uuid primary key,
  entity_type    text not null,
  file_name      text not null default '',
  file_path      text not null default '',
  settings       jsonb not null,
  status         text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'canceled', 'reverted')),
  task_id        uuid,
  header         jsonb not null default '[]',
  created        int not null default 0,
  updated        int not null default 0,
  duplicates     int not null default 0,
  rejected       int not null default 0,
  warnings       int not null default 0,
  created_by     uuid,
  created_at     timestamptz not null default now(),
  ended_at       timestamptz,
  version        int not null default 1
);
create table import_row (
  import_id  uuid not null references import on delete cascade,
  line       int not null,
  outcome    text not null check (outcome in ('created', 'updated', 'duplicate', 'rejected', 'warning')),
  record_id  uuid,
  reason     text not null default '',
  cells      jsonb
);
create index import_row_of on import_row (import_id, outcome, line);
