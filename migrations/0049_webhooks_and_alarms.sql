-- Other programs are told what happens: an outbox of their own, because what they answer is theirs to decide.
create table webhook (
  id            uuid primary key,
  name          text not null check (name <> ''),
  url           text not null check (url ~ '^https?://'),
  events        text[] not null default '{}',
  active        boolean not null default true,
  -- With it each post is signed. Sealed (src/platform/secrets.ts).
  secret_sealed text,
  version       int not null default 1,
  created_at    timestamptz not null,
  created_by    uuid,
  modified_at   timestamptz not null,
  modified_by   uuid
);

create table webhook_delivery (
  id          uuid primary key,
  webhook_id  uuid not null references webhook on delete cascade,
  event       text not null,
  -- As it is posted, byte for byte the same with each try.
  body        text not null,
  status      text not null default 'queued' check (status in ('queued', 'delivered', 'failed')),
  attempts    int not null default 0,
  -- When it is tried (again); while somebody posts it, when his claim ends. Null once it is settled.
  due_at      timestamptz,
  expires_at  timestamptz not null,
  created_at  timestamptz not null,
  ended_at    timestamptz,
  -- What the last try came to: the status of HTTP, and the beginning of the answer or why there was none.
  http_status int,
  answer      text not null default ''
);
create index webhook_delivery_due on webhook_delivery (due_at) where due_at is not null;
create index webhook_delivery_log on webhook_delivery (webhook_id, created_at desc, id desc);
create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null;

-- Who is mailed when Delivery Health finds trouble that lasts. One row.
create table alarm_setting (
  one             boolean primary key default true check (one),
  email_addresses text[] not null default '{}',
  level           text not null default 'error' check (level in ('error', 'warning')),
  after_minutes   int not null default 5 check (after_minutes between 0 and 1440),
  repeat_daily    boolean not null default false,
  version         int not null default 0,
  modified_at     timestamptz,
  modified_by     uuid,
  -- Which process watches, and until when it is its turn.
  watcher         uuid,
  watched_until   timestamptz
);
insert into alarm_setting default values;

-- Which checks were told of and are not over: a restart repeats nothing.
create table alarm (
  code    text primary key,
  level   text not null check (level in ('error', 'warning')),
  told_at timestamptz not null,
  message text not null
);
