-- When a sender last ended in good order, which leaves no row in `sender`: so that Delivery Health can say since when none lives, and tell a restart from a process that is missing. One row.
create table sender_last_end (
  only_one boolean primary key default true check (only_one),
  ended_at timestamptz not null
);
-- Senders of an installation from before are given the time to come.
insert into sender_last_end (ended_at) values (now());
