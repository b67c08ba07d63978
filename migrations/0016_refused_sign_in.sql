-- A mailbox that refuses our password is asked less and less often: too many tries lock accounts.
alter table group_email_account add column refused_in_row int not null default 0;
