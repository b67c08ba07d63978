-- Campaigns, their mass emails and named links.
create type mass_email_status as enum ('draft', 'pending', 'inProcess', 'paused', 'complete', 'canceled', 'failed');

-- How mail leaves. The password is sealed (src/platform/secrets.ts).
create table outbound_account (
  id              uuid primary key,
  name            text not null,
  kind            text not null check (kind in ('system', 'group', 'sandbox')),
  host            text not null default '',
  port            int not null default 0,
  security        text not null default 'none' check (security in ('none', 'starttls', 'tls')),
  username        text not null default '',
  password_sealed text,
  from_address    text not null default '',
  from_name       text not null default '',
  bounce_address  text not null default '',
  weight          int not null default 1,
  max_per_hour    int,
  max_per_second  int,
  connections     int,
  messages_per_connection int,
  -- The circuit breaker: open until then, longer each time in a row.
  broken_until    timestamptz,
  broken_reason   text,
  broken_since    timestamptz,
  failures_in_row int not null default 0,
  version         int not null default 1,
  modified_at     timestamptz not null default now()
);
create unique index outbound_account_one_system on outbound_account (kind) where kind in ('system', 'sandbox');

create table campaign (
  id               uuid primary key,
  name             text not null check (name <> ''),
  type             text not null default 'email' check (type in ('email', 'newsletter', 'informationalEmail', 'web', 'television', 'radio', 'mail')),
  status           text not null default 'planning' check (status in ('planning', 'active', 'inactive', 'complete')),
  description      text not null default '',
  start_date       date,
  end_date         date,
  track_all_links  boolean not null default false,
  assigned_user_id uuid references "user" on delete set null,
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1,
  deleted_at       timestamptz
);
create table campaign_target_list (
  campaign_id    uuid not null references campaign,
  target_list_id uuid not null references target_list,
  excluding      boolean not null default false,
  position       int not null,
  primary key (campaign_id, target_list_id, excluding)
);

create table tracking_url (
  id          uuid primary key,
  -- A short number for tokens in links.
  number      bigint generated always as identity unique,
  campaign_id uuid not null references campaign,
  name        text not null default '',
  action      text not null default 'redirect' check (action in ('redirect', 'showMessage')),
  url         text not null default '',
  message     text not null default '',
  -- Made by itself from a link of the template, because the campaign tracks every link.
  automatic   boolean not null default false,
  created_at  timestamptz not null default now(),
  created_by  uuid,
  modified_at timestamptz not null default now(),
  modified_by uuid,
  version     int not null default 1,
  deleted_at  timestamptz
);
create index tracking_url_campaign on tracking_url (campaign_id);
create unique index tracking_url_automatic on tracking_url (campaign_id, md5(url)) where automatic;

create table mass_email (
  id                uuid primary key,
  campaign_id       uuid not null references campaign,
  name              text not null check (name <> ''),
  status            mass_email_status not null default 'draft',
  email_template_id uuid references email_template,
  date_start        timestamptz,
  start_by          timestamptz,
  account_id        uuid references outbound_account,
  from_address      text not null default '',
  from_name         text not null default '',
  reply_to_address  text not null default '',
  reply_to_name     text not null default '',
  opt_out_entirely  boolean not null default false,
  store_sent_emails boolean not null default false,
  override          text[] not null default '{}',
  -- Whoever set Pending: the audience is read with that person's rights.
  author_id         uuid references "user",
  -- Said to people: why it is paused, back in draft, failed.
  paused_reason     text,
  notice            text,
  -- Set by freezing; later edits do not touch them.
  frozen_at         timestamptz,
  template_version_id uuid references email_template_version,
  frozen            jsonb,
  funnel            jsonb,
  -- Deliveries up to this id are open to the senders; 0 closes the batch (portion used up, window over).
  opened_through    bigint not null default 0,
  completed_at      timestamptz,
  created_at        timestamptz not null default now(),
  created_by        uuid,
  modified_at       timestamptz not null default now(),
  modified_by       uuid,
  version           int not null default 1,
  deleted_at        timestamptz,
  check (status in ('draft', 'canceled') or (date_start is not null and email_template_id is not null))
);
create index mass_email_campaign on mass_email (campaign_id);
create index mass_email_live on mass_email (status) where status in ('pending', 'inProcess', 'paused');
-- Own lists of a mass email; without a row the campaign's count. After freezing: the lists it was frozen with.
create table mass_email_target_list (
  mass_email_id  uuid not null references mass_email,
  target_list_id uuid not null references target_list,
  excluding      boolean not null default false,
  position       int not null,
  primary key (mass_email_id, target_list_id, excluding)
);
