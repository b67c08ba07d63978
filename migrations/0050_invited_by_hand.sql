-- Also users whom an administrator made without a password are invited. Withdrawing deletes only those whom the invitation made.
alter table invitation add made_user boolean not null default true;
