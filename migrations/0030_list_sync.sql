-- Target lists that are kept in step with reports.
create table report_sync (
  target_list_id uuid primary key references target_list,
  active         boolean not null default true,
  mode           text not null check (mode in ('mirror', 'addOnly')),
  -- A mirror that also takes out who was picked by hand.
  strict         boolean not null default false,
  -- Whose rights the reports are run with: whoever switched it on. Without that person it changes nothing.
  run_as         uuid references "user" on delete set null,
  changed_at     timestamptz not null default now()
);

-- No cascade: a list must not lose one of its reports, and with it members, because somebody deletes the report in the same moment.
create table report_sync_report (
  target_list_id uuid not null references report_sync on delete cascade,
  report_id      uuid not null references report,
  position       int not null,
  primary key (target_list_id, report_id)
);
create index report_sync_report_of on report_sync_report (report_id);

-- What each run did. Runs alike that changed nothing are one row, `times` of it.
create table report_sync_run (
  id             uuid primary key,
  target_list_id uuid not null references target_list,
  since          timestamptz not null,
  at             timestamptz not null,
  times          int not null default 1,
  why            text not null check (why in ('job', 'hand', 'freeze')),
  by_user_id     uuid references "user" on delete set null,
  run_as         uuid references "user" on delete set null,
  mass_email_id  uuid references mass_email,
  outcome        text not null check (outcome in ('done', 'held', 'stopped', 'failed')),
  added          int not null default 0,
  removed        int not null default 0,
  -- Who would have gone; of a run that was held nobody went.
  leaving        int not null default 0,
  members        int not null default 0,
  error          text
);
create index report_sync_run_of on report_sync_run (target_list_id, at desc, id desc);

-- Why a mass email that is due was not frozen: one of its lists could not be brought in step.
create table sync_hold (
  mass_email_id  uuid not null references mass_email,
  target_list_id uuid not null references target_list,
  outcome        text not null,
  message        text not null,
  since          timestamptz not null,
  primary key (mass_email_id, target_list_id)
);
