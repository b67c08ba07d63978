-- Who changed which setting when, with the values before and after, so that a change can be read and taken back. The audit log names
-- fields only: it holds no values. Of a secret only that it was changed is written down.
create table setting_change (
  id         uuid primary key,
  -- The group of settings: general, outboundEmails.
  of_group   text not null,
  at         timestamptz not null,
  user_id    uuid,
  user_name  text not null,
  how        text not null check (how in ('changed', 'takenBack', 'imported')),
  -- [{key, before, after}], of a secret [{key, secret: true}].
  fields     jsonb not null
);
create index setting_change_at on setting_change (of_group, at desc, id);
