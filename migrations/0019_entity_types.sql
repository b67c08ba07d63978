-- Entity types that an administrator makes, fields that he adds to any type, and how types are related. The shipped types stay in
-- the program; what stands here is added to them. The tables and columns that carry the values are made at run time: tables begin
-- with x_, columns with c_, so that no migration ever meets them.
create table entity_type (
  name       text primary key,
  plural     text not null,
  slug       text not null unique,
  base_type  text not null check (base_type in ('person', 'company', 'base')),
  icon       text not null,
  color      text not null,
  table_name text not null unique,
  made_at    timestamptz not null default now()
);

-- A field of its own (with a column), or what an administrator changed about a field that the type brought along.
create table entity_field (
  entity_type text not null,
  name        text not null,
  -- Fields are shown in the order in which they were made.
  position    int not null,
  definition  jsonb not null,
  primary key (entity_type, name)
);

create table relationship (
  id          uuid primary key,
  kind        text not null check (kind in ('manyToOne', 'oneToMany', 'manyToMany')),
  left_type   text not null,
  right_type  text not null,
  left_name   text not null,
  right_name  text not null,
  left_label  text not null,
  right_label text not null,
  -- Many to many: where the pairs are. Members of target lists are in target_list_member.
  join_table  text,
  made_at     timestamptz not null default now()
);

-- One row. The stamp is new with each change of a definition: a process that holds definitions of another stamp reads them anew.
create table entity_schema (
  one   boolean primary key default true check (one),
  stamp uuid not null
);
insert into entity_schema (stamp) values ('00000000-0000-0000-0000-000000000000');

-- Every change with all definitions as they were before it: the last one can be undone.
create table entity_change (
  id        uuid primary key,
  at        timestamptz not null,
  user_id   uuid,
  user_name text not null,
  -- In words: Field "Speciality" of Doctor removed.
  summary   text not null,
  before    jsonb not null,
  undone_at timestamptz
);
create index entity_change_at on entity_change (at desc);

-- Tables (column_name '') and columns that no definition names any more. Their values are dropped 30 days after that was seen.
create table entity_leftover (
  table_name  text not null,
  column_name text not null,
  since       timestamptz not null,
  primary key (table_name, column_name)
);
