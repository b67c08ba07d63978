-- A list of records as somebody keeps it: filter, search, sort and columns under a name, for himself or for others.
create table saved_view (
  id           uuid primary key,
  entity_type  text not null,
  name         text not null check (name <> ''),
  -- The filter tree as it was given: what it means is asked anew each time, since fields come and go.
  filter       jsonb,
  q            text not null default '',
  sort         text not null default '',
  columns      text[] not null default '{}',
  shared_with  text not null default 'mine' check (shared_with in ('mine', 'team', 'everybody')),
  team_ids     uuid[] not null default '{}',
  -- What is shared stays when its owner goes; administrators look after it then.
  owner_id     uuid references "user" on delete set null,
  created_at   timestamptz not null default now(),
  modified_at  timestamptz not null default now(),
  modified_by  uuid,
  version      int not null default 1
);
create index saved_view_of on saved_view (entity_type, lower(name), id);

-- The columns that a person chose for the list of an entity type, on whatever machine.
create table list_columns (
  user_id     uuid not null references "user" on delete cascade,
  entity_type text not null,
  columns     text[] not null,
  primary key (user_id, entity_type)
);
