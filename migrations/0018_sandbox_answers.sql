-- The Sandbox answers for some recipients as a real server or reader would: what is still to be answered, and how.
alter table sandbox_message add column answer_due text check (answer_due in ('hardBounce', 'softBounce', 'complaint', 'autoReply'));
create index sandbox_message_answer_due on sandbox_message (received_at) where answer_due is not null;

-- Its answers come in by a door of their own.
alter table mailbox_message
  drop constraint mailbox_message_door_check,
  add constraint mailbox_message_door_check check (door in ('imap', 'smtp', 'webhook', 'sandbox'));
