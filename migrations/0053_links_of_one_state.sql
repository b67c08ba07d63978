-- A link from a mail opens only what it was mailed for: an address, a type of user, a password. What changed since shuts it.
alter table invitation add email_address text;
alter table invitation add user_type text;
update invitation i set email_address = u.email_address, user_type = u.type from "user" u where u.id = i.user_id;
alter table invitation alter email_address set not null, alter user_type set not null;

-- They hold for an hour: whoever has one asks again.
delete from password_reset;
alter table password_reset add email_address text not null;
-- SHA-256 of the stored password that it replaces.
alter table password_reset add password_mark text not null;
