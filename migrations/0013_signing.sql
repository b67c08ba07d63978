-- DKIM keys made here, and what DNS was last seen to say of the domains we send from.
create table dkim_key (
  id                 uuid primary key,
  domain             text not null check (domain = lower(domain) and domain <> ''),
  -- Never used again for another key: receivers remember records.
  selector           text not null,
  algorithm          text not null check (algorithm in ('rsa', 'ed25519')),
  -- The p= value of the DNS record. The private half is sealed (src/platform/secrets.ts).
  public_key         text not null,
  private_key_sealed text not null,
  -- new: waits until its record is seen. active: signs. retired: signs no more, its record still proves mail that is on its way.
  state              text not null default 'new' check (state in ('new', 'active', 'retired')),
  record_state       text check (record_state in ('ok', 'missing', 'wrong', 'unknown')),
  record_message     text,
  checked_at         timestamptz,
  created_at         timestamptz not null default now(),
  created_by         uuid,
  activated_at       timestamptz,
  retired_at         timestamptz,
  version            int not null default 1,
  unique (domain, selector)
);
-- One of each kind signs: rsa, and ed25519 as a second signature.
create unique index dkim_key_one_active on dkim_key (domain, algorithm) where state = 'active';

-- What DNS said of a domain, for everybody who must not wait for it.
create table domain_check (
  domain     text primary key,
  -- When somebody last set out to ask: two processes do not ask at the same time.
  asked_at   timestamptz not null,
  checked_at timestamptz,
  -- { spf, dkim, dmarc }, each { state, record, message, advice }.
  facts      jsonb
);
