-- Notices reach people who are not looking: by mail, as each of them chooses.
-- Not decided yet whether it is mailed. What was said before this existed is not.
alter table notice_reader add column to_mail boolean not null default false;
alter table notice_reader alter column to_mail set default true;
create index notice_reader_to_mail on notice_reader (user_id) where to_mail;

-- Where there is no row the default of the kind holds.
create table notice_mail_choice (
  user_id uuid not null references "user" on delete cascade,
  kind    text not null,
  choice  text not null check (choice in ('always', 'trouble', 'never')),
  primary key (user_id, kind)
);

-- What was mailed to whom: many within minutes become one mail.
create table notice_mail (
  user_id   uuid not null references "user" on delete cascade,
  notice_id uuid not null references notice on delete cascade,
  -- Names the mail in the outbox; of a mail that tells several they share it.
  ref       text not null,
  mailed_at timestamptz not null,
  primary key (user_id, notice_id)
);
create index notice_mail_recent on notice_mail (user_id, mailed_at);
create index notice_mail_notice on notice_mail (notice_id);

-- A mail that tells of a broken account may leave by another one that works.
alter table system_mail add column any_account boolean not null default false;
