-- A role may send, and need somebody else's approval for it. Of several roles the widest wins: whoever has one that needs none needs none.
alter table role add send_needs_approval boolean not null default false;

-- What was asked for, and what became of it. Gone when it is sent back, taken back, or scheduled without it.
create table mass_email_approval (
  mass_email_id uuid primary key references mass_email,
  -- Of everything that was asked for: what the mail says, to which lists, when, from whom. Another one: it was changed since.
  fingerprint   text not null,
  asked_by      uuid not null,
  asked_at      timestamptz not null,
  note          text not null default '',
  -- Null while it waits.
  approved_by   uuid,
  approved_at   timestamptz
);

-- It came back to draft because it has to be approved (again).
alter table mass_email drop constraint mass_email_notice_code_check,
  add constraint mass_email_notice_code_check check (notice_code in ('emptyAudience', 'preflightFailed', 'needsApproval'));
