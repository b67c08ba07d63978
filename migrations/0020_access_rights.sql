-- Roles say what their users may do, teams whose records they share. Both are few; a user's are read with every request.
create table role (
  id          uuid primary key,
  name        text not null,
  description text not null default '',
  -- {"Contact": {"create": true, "read": "team", "edit": "own", "delete": "no"}, …}
  types       jsonb not null default '{}',
  -- The same for every type that is not named, also for those that are made later.
  other_types jsonb not null default '{"create": false, "read": "no", "edit": "no", "delete": "no"}',
  permissions text[] not null default '{}',
  created_at  timestamptz not null default now(),
  created_by  uuid,
  modified_at timestamptz not null default now(),
  modified_by uuid,
  version     int not null default 1
);
create unique index role_name on role (lower(name));

create table team (
  id          uuid primary key,
  name        text not null,
  description text not null default '',
  created_at  timestamptz not null default now(),
  created_by  uuid,
  modified_at timestamptz not null default now(),
  modified_by uuid,
  version     int not null default 1
);
create unique index team_name on team (lower(name));

-- Until now everybody who could sign in could do everything but administration. Nobody is locked out by the upgrade.
insert into role (id, name, description, other_types, permissions) values (
  gen_random_uuid(), 'Everything but administration', 'All records, campaigns and lists, and every permission but to administer.',
  '{"create": true, "read": "all", "edit": "all", "delete": "all"}',
  '{export,massUpdate,import,send,sendInformational,changeOptOuts}');
update "user" set role_ids = (select array_agg(id) from role) where type in ('regular', 'api');

alter table campaign       add team_ids uuid[] not null default '{}';
alter table target_list    add team_ids uuid[] not null default '{}';
alter table email_template add team_ids uuid[] not null default '{}';

-- "Own" is what is assigned to me, or made by me and assigned to nobody; "team" is also what has one of my teams. Most records have none,
-- so that the indexes of teams stay small and cost an import nothing.
create index account_assigned on account (assigned_user_id);
create index contact_assigned on contact (assigned_user_id);
create index lead_assigned    on lead    (assigned_user_id);
create index account_unassigned on account (created_by) where assigned_user_id is null;
create index contact_unassigned on contact (created_by) where assigned_user_id is null;
create index lead_unassigned    on lead    (created_by) where assigned_user_id is null;
create index account_teams on account using gin (team_ids) where team_ids <> '{}';
create index contact_teams on contact using gin (team_ids) where team_ids <> '{}';
create index lead_teams    on lead    using gin (team_ids) where team_ids <> '{}';
