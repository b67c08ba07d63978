-- How far the set-up of this installation is, beside what can be told from what is there: what was left out on purpose, whether the first mail
-- arrived. One row for the whole installation: a person goes on where he was, in whatever browser.
create table first_run (
  id                 boolean primary key default true check (id),
  -- Steps that somebody chose to leave out, by name.
  skipped            text[] not null default '{}',
  -- The settings of the mail server with which the last test failed, as a hash: what is set anew has not failed yet.
  server_failed_with text,
  -- The mail to oneself: where to, when, by which way out (another one is to be tried again), and whether it arrived.
  mail_to            text,
  mail_at            timestamptz,
  mail_way           text,
  mail_state         text check (mail_state in ('sent', 'arrived', 'missing')),
  -- Since when Home does not show the steps any more.
  hidden_at          timestamptz,
  modified_at        timestamptz not null default now(),
  modified_by        uuid
);

-- An installation that sends already needs no introduction.
insert into first_run (hidden_at) select case when exists (select from mass_email where frozen_at is not null) then now() end;
