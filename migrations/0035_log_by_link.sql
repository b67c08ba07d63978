-- The log by link, in the order of time: few entries are clicks, so the index costs sending nothing.
create index log_entry_link on log_entry (tracking_url_id, at desc, id) where tracking_url_id is not null;
