-- Group email accounts: mailboxes that are read for what comes back. Secrets are sealed (src/platform/secrets.ts).
create table group_email_account (
  id                    uuid primary key,
  name                  text not null check (name <> ''),
  email_address         text not null default '',
  status                text not null default 'active' check (status in ('active', 'inactive')),
  imap_host             text not null default '',
  imap_port             int  not null default 993,
  imap_security         text not null default 'tls' check (imap_security in ('none', 'starttls', 'tls')),
  imap_auth             text not null default 'password' check (imap_auth in ('password', 'oauth2')),
  imap_username         text not null default '',
  imap_password_sealed  text,
  smtp_host             text not null default '',
  smtp_port             int  not null default 587,
  smtp_security         text not null default 'starttls' check (smtp_security in ('none', 'starttls', 'tls')),
  smtp_auth             text not null default 'password' check (smtp_auth in ('password', 'oauth2')),
  smtp_username         text not null default '',
  smtp_password_sealed  text,
  -- How both sides get access tokens: {tokenUrl, clientId, scope, clientSecretSealed, refreshTokenSealed}.
  oauth                 jsonb,
  access_token_sealed   text,
  access_token_until    timestamptz,
  monitored_folders     text[] not null default '{INBOX}',
  -- Older messages are not looked at.
  fetch_since           timestamptz not null,
  -- By kind of message: {markRead, moveTo}. What is not named is left as it lies.
  after_reading         jsonb not null default '{}',
  for_mass_email        boolean not null default false,
  bounce_address        text not null default '',
  from_name             text not null default '',
  reply_to_address      text not null default '',
  -- The way out that goes with it, once it is used for mass email.
  outbound_account_id   uuid references outbound_account,
  -- The last check: what stopped it, in words, or what it found, by kind.
  checked_at            timestamptz,
  check_error           text,
  check_advice          text,
  check_found           jsonb,
  version               int not null default 1,
  created_at            timestamptz not null default now(),
  created_by            uuid,
  modified_at           timestamptz not null default now(),
  modified_by           uuid,
  deleted_at            timestamptz
);

-- How far a folder was read. Moves on in the transaction of what the messages said.
create table mailbox_folder (
  account_id   uuid not null references group_email_account,
  folder       text not null,
  -- UIDs mean something only together with this number (RFC 3501 2.3.1.1); with another one the folder is read anew.
  uid_validity bigint not null,
  last_uid     bigint not null default 0,
  -- How often the messages after last_uid were begun and not done: written before, so that it survives a crash.
  attempts     int not null default 0,
  primary key (account_id, folder)
);

-- What was read: of every message its place and verdict, of those that belong to a delivery also the text.
create table mailbox_message (
  id             uuid primary key,
  account_id     uuid not null references group_email_account,
  folder         text not null,
  uid_validity   bigint not null,
  uid            bigint not null,
  -- Of what it says, whatever its place: the same message is never taken twice. Null when it could not be read.
  digest         text unique,
  received_at    timestamptz not null,
  read_at        timestamptz not null,
  kind           text not null,
  outcome        text not null check (outcome in ('logged', 'unverified', 'notUnderstood', 'ignored', 'setAside')),
  classification jsonb not null default '{}',
  error          text,
  raw            bytea,
  -- What is still to be done in the mailbox: {markRead, moveTo}.
  after_reading  jsonb,
  handled_at     timestamptz,
  handled_by     uuid,
  unique (account_id, folder, uid_validity, uid)
);
alter table mailbox_message alter column raw set storage external;
create index mailbox_message_read on mailbox_message (account_id, read_at desc, id);
create index mailbox_message_open on mailbox_message (outcome, read_at desc, id) where outcome <> 'ignored';
create index mailbox_message_waiting on mailbox_message (account_id, folder) where after_reading is not null;

-- What a message said about a delivery: one row for each recipient that a report names.
create table mailbox_finding (
  id            uuid primary key default uuid_v7(),
  message_id    uuid not null references mailbox_message,
  kind          text not null check (kind in ('hard', 'soft', 'delayed', 'delivered', 'complained', 'optedOut', 'replied', 'autoReply')),
  lane          smallint not null,
  delivery_id   bigint not null,
  mass_email_id uuid not null,
  campaign_id   uuid not null,
  entity_type   text not null,
  record_id     uuid not null,
  email_address text not null,
  -- Why it proves nothing: noToken, notSent, tooOld, otherAddress, testMail. Null: proved.
  doubt         text,
  reason        text not null default '',
  reply         text not null default '',
  at            timestamptz not null,
  handled_at    timestamptz,
  handled_by    uuid
);
create index mailbox_finding_message on mailbox_finding (message_id);
create index mailbox_finding_delivery on mailbox_finding (lane, delivery_id);
create index mailbox_finding_kind on mailbox_finding (kind, at desc, id);
