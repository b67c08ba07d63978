-- What an outbound account may do and as whom: sign-in by OAuth 2.0 beside a password, warm-up, sender identities; and saved test groups.
alter table outbound_account
  add column auth                 text not null default 'password' check (auth in ('password', 'oauth2')),
  -- Where a refresh token becomes an access token (RFC 6749 6), and as which client.
  add column token_url            text not null default '',
  add column client_id            text not null default '',
  add column scope                text not null default '',
  add column client_secret_sealed text,
  add column refresh_token_sealed text,
  -- The last access token: all processes share it until it ends.
  add column access_token_sealed  text,
  add column access_token_until   timestamptz,
  -- {startPerDay, growthPercent, startedAt}
  add column warm_up              jsonb,
  -- A group email account that was removed: what was sent through it still names it.
  add column removed_at           timestamptz;

-- Addresses, or domains for every address of theirs, as which an account may send. Without any, nothing is restricted.
create table sender_identity (
  account_id uuid not null references outbound_account on delete cascade,
  -- Lower-case; the domain is an A-label.
  identity   text not null check (identity = lower(identity)),
  position   int  not null,
  primary key (account_id, identity)
);

-- Groups of records that get tests.
create table test_group (
  id          uuid primary key,
  name        text not null check (name <> ''),
  version     int not null default 1,
  created_at  timestamptz not null default now(),
  created_by  uuid,
  modified_at timestamptz not null default now(),
  modified_by uuid
);
create table test_group_recipient (
  test_group_id uuid not null references test_group on delete cascade,
  entity_type   text not null,
  record_id     uuid not null,
  position      int  not null,
  primary key (test_group_id, entity_type, record_id)
);
