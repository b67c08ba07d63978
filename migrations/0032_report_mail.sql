-- Reports that are mailed on a schedule, and the summaries of campaigns. What is mailed lies in the outbox (system_mail); here stands what was due and what came of it.
create table report_schedule (
  id            uuid primary key,
  report_id     uuid not null references report on delete cascade,
  name          text not null default '',
  -- Cron, in the time zone of the instance.
  schedule      text not null,
  user_ids      uuid[] not null default '{}',
  attach        text not null default 'none' check (attach in ('none', 'csv', 'xlsx')),
  include_chart boolean not null default true,
  only_if_rows  boolean not null default false,
  active        boolean not null default true,
  -- Due times up to here are dealt with. Nothing is made up for that fell due before it was switched on.
  dealt_through timestamptz not null,
  created_by    uuid references "user" on delete set null,
  created_at    timestamptz not null default now(),
  modified_at   timestamptz not null default now(),
  version       int not null default 1
);
create index report_schedule_report on report_schedule (report_id);

-- What came of each due time for each recipient. Written in the transaction that puts the mail into the outbox: whoever comes second finds it done.
create table report_mail (
  schedule_id uuid not null references report_schedule on delete cascade,
  due_at      timestamptz not null,
  user_id     uuid not null,
  outcome     text not null check (outcome in ('queued', 'sent', 'failed', 'uncertain', 'noRows', 'leftOut')),
  -- The server's answer, or why there was no mail.
  reply       text not null default '',
  at          timestamptz not null,
  primary key (schedule_id, due_at, user_id)
);
create index report_mail_queued on report_mail (due_at) where outcome = 'queued';
create index report_mail_at on report_mail (at);

-- One summary for each campaign and the mass email that was the last to complete.
create table campaign_summary (
  campaign_id   uuid not null references campaign,
  mass_email_id uuid not null references mass_email,
  user_id       uuid,
  -- Empty where a mail was put into the outbox; else why not.
  left_out      text not null default '',
  at            timestamptz not null,
  primary key (campaign_id, mass_email_id)
);
