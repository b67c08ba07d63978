-- People come in by the account they have at their company's OpenID Connect provider.
create table single_sign_on (
  -- One row: an installation has one provider.
  id                   int primary key default 1 check (id = 1),
  active               boolean not null default false,
  issuer               text not null default '',
  client_id            text not null default '',
  -- Sealed (src/platform/secrets.ts); null for a public client.
  client_secret_sealed text,
  button_label         text not null default '',
  -- Whoever the provider knows and nobody here does: becomes a regular user with these roles and teams, or is refused.
  create_users         boolean not null default false,
  role_ids             uuid[] not null default '{}',
  team_ids             uuid[] not null default '{}',
  -- Of verified addresses, as A-labels in lower case; empty for all.
  domains              text[] not null default '{}',
  passwords_for_administrators_only boolean not null default false,
  version              int not null default 1,
  modified_at          timestamptz not null default now(),
  modified_by          uuid
);

-- Who an account at a provider is here. From the first sign-in on this counts, and no address: addresses are given to others.
create table single_sign_on_identity (
  id         uuid primary key,
  issuer     text not null,
  subject    text not null,
  user_id    uuid not null references "user" on delete cascade,
  created_at timestamptz not null default now(),
  last_at    timestamptz not null default now(),
  unique (issuer, subject)
);
create index single_sign_on_identity_user on single_sign_on_identity (user_id);

-- A state that came back opens nothing a second time. Forgotten when it would be too old anyway.
create table single_sign_on_used_state (
  state_hash text primary key,
  until      timestamptz not null
);
