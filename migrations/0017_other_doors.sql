-- What comes back enters by more doors than mailboxes: the SMTP receiver of a bounce domain, and webhooks of the providers that carry mail.
create table provider_webhook (
  id              uuid primary key,
  name            text not null check (name <> ''),
  provider        text not null check (provider in ('amazonSes', 'sendGrid', 'postmark', 'mailgun')),
  active          boolean not null default true,
  -- What proves that a post is the provider's: topic, verification key, password or signing key. Sealed (src/platform/secrets.ts).
  key_sealed      text,
  last_event_at   timestamptz,
  -- The last post that was not believed, in words: a key that is wrong shows here.
  last_refusal    text,
  last_refusal_at timestamptz,
  version         int not null default 1,
  created_at      timestamptz not null default now(),
  created_by      uuid,
  modified_at     timestamptz not null default now(),
  modified_by     uuid,
  deleted_at      timestamptz
);

-- Mailgun signs a token and not the event: a token that is used for another event is a forgery. Forgotten when the replay window is over.
create table provider_webhook_token (
  webhook_id uuid not null references provider_webhook,
  token      text not null,
  event_id   text not null,
  at         timestamptz not null,
  primary key (webhook_id, token)
);
create index provider_webhook_token_at on provider_webhook_token (at);

-- Only a mailbox has accounts, folders and UIDs.
alter table mailbox_message
  alter column account_id drop not null,
  alter column uid_validity drop not null,
  alter column uid drop not null,
  add column door text not null default 'imap' check (door in ('imap', 'smtp', 'webhook')),
  add column webhook_id uuid references provider_webhook,
  add check ((door = 'imap') = (account_id is not null and uid is not null) and (door = 'webhook') = (webhook_id is not null));
