-- The ledger: one row for each recipient of a mass email, by lanes (design: one lane is one shard).
create type delivery_status as enum ('pending', 'sending', 'sent', 'failed', 'skipped', 'uncertain');

create table delivery (
  lane          smallint not null,
  id            bigint generated always as identity,
  mass_email_id uuid not null,
  entity_type   text not null,
  record_id     uuid not null,
  email_address text not null,
  email_key     text not null,
  status        delivery_status not null default 'pending',
  -- Send Test: left out of all figures and lists.
  test          boolean not null default false,
  -- Made for the Sandbox: never leaves by a real account.
  sandbox       boolean not null default false,
  attempts      smallint not null default 0,
  due_at        timestamptz not null,
  -- The sender that holds it: its fencing token.
  sender_id     bigint,
  -- The durable mark: set before the final dot is written.
  wire_at       timestamptz,
  first_tried_at timestamptz,
  sent_at       timestamptz,
  settled_at    timestamptz,
  reason_code   text,
  reason        text,
  message_id    text,
  account_id    uuid,
  template_version_id uuid,
  primary key (lane, id)
);
-- Nobody gets the same mass email twice, whatever the lists say: the database keeps the promise.
create unique index delivery_once on delivery (lane, mass_email_id, email_key) where not test;
-- The senders' question: what is due in this lane?
create index delivery_due on delivery (lane, mass_email_id, id) where status = 'pending';
-- Recovery's question: what did a dead sender hold, what is unknown?
create index delivery_held on delivery (lane, sender_id) where status = 'sending';
create index delivery_uncertain on delivery (lane, mass_email_id, settled_at) where status = 'uncertain';
-- Pages by status, newest first.
create index delivery_page on delivery (mass_email_id, status, id);
create index delivery_record on delivery (record_id);

-- Everybody in the lists who got no delivery, and why.
create table not_mailed (
  mass_email_id uuid not null,
  entity_type   text not null,
  record_id     uuid not null,
  email_address text not null default '',
  verdict       text not null,
  primary key (mass_email_id, entity_type, record_id)
);
create index not_mailed_verdict on not_mailed (mass_email_id, verdict, record_id);

-- A sender process. Its id is the fencing token; when the lease is over, others take what it held.
create table sender (
  id          bigint generated always as identity primary key,
  host        text not null default '',
  pid         int not null default 0,
  lease_until timestamptz not null,
  started_at  timestamptz not null default now()
);

-- What may be sent in any sliding hour. The row of a scope is locked while allowance is granted.
create table allowance (
  scope   text primary key,
  -- The latest instant ever granted at: a clock that goes back never gives allowance.
  last_at timestamptz not null default '-infinity'
);
-- Granted and not yet settled: counts until it is settled or given back.
create table allowance_hold (
  scope     text not null,
  sender_id bigint not null,
  count     int not null,
  primary key (scope, sender_id)
);
-- What really left, by the second of its settlement.
create table allowance_use (
  scope  text not null,
  second timestamptz not null,
  count  int not null,
  primary key (scope, second)
);
