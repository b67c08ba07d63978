-- Pace: how fast mail may leave, by installation, outbound account and recipient domain.

-- A scope is one limit: so many in any time of this length. Its owner (the instance, an account, a domain) may have several.
alter table allowance
  add column owner     text not null default 'instance',
  -- 0: no time at all, only what is held at this moment counts (connections).
  add column window_ms bigint not null default 3600000,
  -- Uses are counted by so much time, and kept so much longer.
  add column bucket_ms int not null default 1000;
alter table allowance alter column owner drop default, alter column window_ms drop default, alter column bucket_ms drop default;
create index allowance_owner on allowance (owner);
alter table allowance_use rename column second to since;

-- How a machine's counter since its start stands to the time of the allowances: nothing that is done to a clock moves it.
create table allowance_clock (
  boot      text primary key,
  -- The counter showed 0 at this time.
  zero_at   timestamptz not null,
  made_at   timestamptz not null default now()
);

-- What an administrator allows a recipient domain.
create table domain_rule (
  id             uuid primary key,
  -- As in a stored address: lower case, A-labels.
  domain         text not null unique check (domain <> ''),
  max_per_hour   int check (max_per_hour > 0),
  max_per_second int check (max_per_second > 0),
  connections    int check (connections > 0),
  created_at     timestamptz not null default now(),
  modified_at    timestamptz not null default now(),
  version        int not null default 1
);

alter table outbound_account
  add constraint outbound_account_limits check (weight > 0 and max_per_hour > 0 and max_per_second > 0 and connections > 0 and messages_per_connection > 0);

-- Further accounts that share a mass email with its own one, by weight.
alter table mass_email add column shared_account_ids uuid[] not null default '{}';

-- A route (an account, a domain) that was told to slow down: halved then, doubled while all is well, gone when it is at its old pace.
create table slow_route (
  route           text primary key,
  per_minute      int not null check (per_minute > 0),
  full_per_minute int not null,
  -- The last time it was told, and the last time its pace changed.
  told_at         timestamptz not null,
  changed_at      timestamptz not null,
  reason          text not null default ''
);

-- How many mails each domain took, by five minutes; older ones are summed up under -infinity. A statistic: a crash may lose seconds of it.
create table domain_traffic (
  domain text not null,
  since  timestamptz not null,
  taken  bigint not null,
  primary key (domain, since)
);

-- A domain that suddenly calls many of its own addresses unknown: they are held until a person decides.
create table domain_outage (
  id         uuid primary key,
  domain     text not null,
  began_at   timestamptz not null,
  unknown    int not null,
  taken      int not null,
  -- confirmed: the addresses are invalid. released: they are good.
  decision   text check (decision in ('confirmed', 'released')),
  decided_at timestamptz,
  decided_by uuid
);
create unique index domain_outage_one_open on domain_outage (domain) where decision is null;

-- Addresses called unknown lately, each with what would be written of it; with an outage it is held.
create table unknown_address (
  email_key  text primary key,
  domain     text not null,
  at         timestamptz not null,
  suppression jsonb not null,
  outage_id  uuid references domain_outage
);
create index unknown_address_domain on unknown_address (domain, at);
create index unknown_address_outage on unknown_address (outage_id) where outage_id is not null;

-- Those that wait for a time of their own: tried before, or held back by their domain. The others are found by id, and never wade through these.
create index delivery_later on delivery (lane, mass_email_id, due_at) where status = 'pending' and (attempts > 0 or reason_code is not null);
