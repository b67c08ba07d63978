-- The bin with millions of records: listed along an index, and what is left of an action is known without counting. Of a task only lost workers count.

-- How often its worker was lost. `runs` counts every start, also after an orderly stop: it only tells one worker from the next.
alter table task add column losses int not null default 0;

-- Of an update its changes, else its records in the bin.
alter table bin_action add column remaining int not null default 0;
update bin_action a set remaining = case kind
  when 'update' then (select count(*) from bin_change c where c.action_id = a.id)
  else (select count(*) from bin_record r where r.action_id = a.id) end;
-- These were said to be undone although something did not come back: a merge could then be undone by nobody.
update bin_action set undone_at = null, undone_by = null where kind <> 'update' and undone_at is not null and remaining > 0;

drop index bin_action_at;
drop index bin_action_of_user;
create index bin_action_at on bin_action (at, id);
create index bin_action_of_user on bin_action (by_user_id, at, id);

-- As its action says, so that the list is one index.
alter table bin_record add column deleted_at timestamptz, add column by_user_id uuid;
update bin_record b set deleted_at = a.at, by_user_id = a.by_user_id from bin_action a where a.id = b.action_id;
alter table bin_record alter column deleted_at set not null;
create index bin_record_at on bin_record (deleted_at, record_id);
create index bin_record_of_user on bin_record (by_user_id, deleted_at, record_id);

-- Written, and never read.
alter table bin_change drop column kept;
