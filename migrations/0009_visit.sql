-- Clicks and opens that were answered and are not in the campaign log yet. One insert takes many, whatever their lanes; each goes
-- into the log, in the transaction that takes it out of here, within a moment.
create table visit (
  lane            smallint not null,
  id              bigint generated always as identity,
  delivery_id     bigint not null,
  kind            text not null check (kind in ('click', 'open', 'honeypot')),
  -- Of a click: which link, and where it led then.
  tracking_url_id uuid,
  url             text not null default '',
  at              timestamptz not null,
  machine         boolean not null,
  visitor_mark    text not null,
  primary key (lane, id)
);
