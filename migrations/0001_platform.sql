-- What every part stands on: ids, lanes, background tasks, idempotent requests, settings, scheduled jobs.

-- A UUIDv7 (RFC 9562 5.7) for set-based inserts; the product makes its own one by one. PostgreSQL 15 has none built in.
create function uuid_v7() returns uuid language sql volatile parallel safe as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
      52, 1), 53, 1), 'hex')::uuid
$$;

-- The lane of an address: 0 to 63, forever the same, so that whatever concerns an address lies on one shard.
create function lane_of(email_key text) returns smallint language sql immutable strict parallel safe as $$
  select (get_byte(decode(md5(email_key), 'hex'), 0) & 63)::smallint
$$;

create table task (
  id           uuid primary key,
  kind         text not null,
  title        text not null,
  status       text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'canceled')),
  input        jsonb not null default '{}',
  done         bigint not null default 0,
  total        bigint not null default 0,
  result       jsonb,
  error        text,
  -- The worker that runs it renews this; a task whose worker is gone is failed with that reason.
  heartbeat_at timestamptz,
  cancel_asked boolean not null default false,
  created_by   uuid,
  created_at   timestamptz not null default now(),
  started_at   timestamptz,
  ended_at     timestamptz
);
create index task_queued on task (created_at) where status = 'queued';
create index task_running on task (heartbeat_at) where status = 'running';
create index task_recent on task (created_at desc);

-- An answer given to a POST with an Idempotency-Key, for 24 hours.
create table idempotency_key (
  user_id      uuid not null,
  key          text not null,
  request_hash text not null,
  status       int,
  body         jsonb,
  created_at   timestamptz not null default now(),
  primary key (user_id, key)
);

create table setting (
  name        text primary key,
  value       jsonb not null,
  version     int not null default 1,
  modified_at timestamptz not null default now(),
  modified_by uuid
);

create table scheduled_job (
  name     text primary key,
  title    text not null,
  schedule text not null,
  status   text not null default 'active' check (status in ('active', 'inactive')),
  -- The minute up to which due runs have been started: no run is started twice, none is forgotten after a restart.
  checked_until timestamptz not null default now(),
  version  int not null default 1
);

create table scheduled_job_run (
  id         uuid primary key,
  job        text not null references scheduled_job (name) on delete cascade,
  task_id    uuid,
  by_hand    boolean not null default false,
  outcome    text not null default 'running' check (outcome in ('running', 'done', 'failed', 'lost')),
  started_at timestamptz not null,
  ended_at   timestamptz,
  heartbeat_at timestamptz not null,
  counts     jsonb not null default '{}',
  error      text
);
create index scheduled_job_run_recent on scheduled_job_run (job, started_at desc);
-- One run at a time, over all processes.
create unique index scheduled_job_run_one on scheduled_job_run (job) where outcome = 'running';
