-- Mass actions that go on after a crash, and the bin: what was deleted, changed or merged can be taken back for 30 days.

-- A task that may be run again from where it stood: its worker died or was stopped, so it is queued again, a few times at most.
alter table task add column resumable boolean not null default false;
alter table task add column runs int not null default 0;

-- The records of a mass action as they were chosen when it was started. A batch is done when it has counts, written in the transaction
-- of the work itself: a batch is never done twice and never forgotten, wherever the program is killed.
create table mass_action_batch (
  task_id uuid not null,
  number  int not null,
  ids     uuid[] not null,
  size    int not null,
  counts  jsonb,
  primary key (task_id, number)
);

-- One thing that somebody did and may take back. Of a mass action the id is that of its task.
create table bin_action (
  id          uuid primary key,
  kind        text not null check (kind in ('delete', 'update', 'merge', 'revertImport')),
  entity_type text not null,
  records     int not null default 0,
  -- Of an update the fields that were set; of a merge the record that stayed, and what moved to it.
  detail      jsonb not null default '{}',
  at          timestamptz not null,
  by_user_id  uuid,
  undone_at   timestamptz,
  undone_by   uuid
);
create index bin_action_at on bin_action (at desc, id);
create index bin_action_of_user on bin_action (by_user_id, at desc, id);

-- A deleted record: its row and its memberships as they were.
create table bin_record (
  record_id     uuid primary key,
  entity_type   text not null,
  action_id     uuid not null references bin_action on delete cascade,
  name          text not null default '',
  email_address text not null default '',
  email_key     text generated always as (lower(email_address)) stored,
  "row"         jsonb not null,
  members       jsonb not null default '[]',
  merged_into   uuid,
  -- Why the last try to restore it failed.
  problem       text
);
create index bin_record_of_action on bin_record (action_id, record_id);
create index bin_record_email_key on bin_record (email_key) where email_key <> '';

-- Which records led to the deleted one: their link was emptied (or, in a merge, turned to the record that stayed).
create table bin_link (
  record_id   uuid not null references bin_record on delete cascade,
  from_type   text not null,
  from_column text not null,
  from_id     uuid not null,
  primary key (record_id, from_type, from_column, from_id)
);

-- What the changed columns held before a mass update or a merge, and the version that it made: another one since then means
-- that somebody has worked on the record, and the undo leaves it alone.
create table bin_change (
  action_id uuid not null references bin_action on delete cascade,
  record_id uuid not null,
  old       jsonb not null,
  version   int not null,
  -- Of the record that stays in a merge: its memberships before.
  members   jsonb,
  kept      boolean not null default false,
  primary key (action_id, record_id)
);
create index bin_change_record on bin_change (record_id, version);
