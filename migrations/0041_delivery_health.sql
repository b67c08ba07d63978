-- Since when each check of Delivery Health says what it says: kept over restarts, and the same for all processes.
create table health_check (
  code  text primary key,
  level text not null,
  since timestamptz not null
);

-- When somebody from a public address last asked for a public page or a webhook: the proof that the Public URL is reached from outside. One row at most.
create table public_sight (
  only_one boolean primary key default true check (only_one),
  seen_at  timestamptz not null
);
