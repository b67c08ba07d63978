-- The bounce loop: a mail to an address that cannot exist, and what came back of it. What the outbox and the mailboxes know of it is read there.
create table bounce_loop (
  -- Signed into the mail's Message-ID and return address, as a delivery's number is.
  id           bigint generated always as identity primary key,
  address      text not null,
  return_path  text not null,
  account_name text not null,
  sandbox      boolean not null,
  started_at   timestamptz not null,
  started_by   uuid,
  -- When it came back. Then the message that says most: where it came in, what it is, and why it would prove nothing.
  returned_at  timestamptz,
  message_id   uuid,
  door         text,
  account_id   uuid,
  kind         text,
  doubt        text,
  reply        text not null default ''
);

-- A mail with a return path of its own; without one it is the account's, as before.
alter table system_mail add column return_path text;
