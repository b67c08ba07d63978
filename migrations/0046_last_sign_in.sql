-- When somebody signed in last: sessions end and the audit log is forgotten, and then it was not known.
alter table "user" add last_sign_in_at timestamptz;
update "user" u set last_sign_in_at = last.at
  from (select user_id, max(at) as at from audit_entry where action = 'signedIn' group by user_id) last where last.user_id = u.id;
