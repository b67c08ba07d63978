-- A report: a saved question about records, deliveries or the campaign log, as a list or as a grid of groups. It keeps the question, never ids
-- or SQL: what it means is asked anew each time, since fields come and go.
create table report (
  id               uuid primary key,
  name             text not null check (name <> ''),
  description      text not null default '',
  category         text not null default '',
  entity_type      text not null,
  kind             text not null check (kind in ('list', 'grid')),
  filter           jsonb,
  questions        jsonb not null default '[]',
  columns          text[] not null default '{}',
  sort             text not null default '',
  group_by         jsonb not null default '[]',
  aggregates       jsonb not null default '[]',
  "having"         jsonb,
  chart            jsonb,
  assigned_user_id uuid references "user" on delete set null,
  team_ids         uuid[] not null default '{}',
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1
);

-- The reports that stand on somebody's Home, in his order.
create table report_pin (
  user_id   uuid not null references "user" on delete cascade,
  report_id uuid not null references report on delete cascade,
  position  int not null,
  primary key (user_id, report_id)
);
create index report_pin_report on report_pin (report_id);
