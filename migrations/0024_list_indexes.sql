-- Lists stay quick with ten million records: one index (field, created_at, id) serves a filter by the field in the order in which lists open,
-- and the sort by the field. The field itself rides along where the key is in lower case, so that counting needs no look into the table.
drop index account_name, contact_name, lead_name, account_email_key, contact_email_key, lead_email_key, contact_account;
create index account_name on account (lower(name), created_at, id);
create index contact_name on contact (lower(name), created_at, id);
create index lead_name    on lead    (lower(name), created_at, id);
create index account_email_key on account (email_key, created_at, id);
create index contact_email_key on contact (email_key, created_at, id);
create index lead_email_key    on lead    (email_key, created_at, id);
create index contact_account on contact (account_id, created_at, id);
create index contact_address_city on contact (lower(address_city), created_at, id) include (address_city);
create index lead_status      on lead    (status, created_at, id);
create index account_industry on account (lower(industry), created_at, id) include (industry);
create index account_billing_address_city on account (lower(billing_address_city), created_at, id) include (billing_address_city);
-- Of a yes or no only the rare side is worth an index.
create index account_do_not_email_list on account (created_at, id) where do_not_email;
create index contact_do_not_email_list on contact (created_at, id) where do_not_email;
create index lead_do_not_email_list    on lead    (created_at, id) where do_not_email;

-- What has no index is still estimated well: filters compare in lower case, of which PostgreSQL otherwise knows nothing.
create statistics contact_first_name_folded      on (lower(first_name)) from contact;
create statistics contact_last_name_folded       on (lower(last_name)) from contact;
create statistics contact_title_folded           on (lower(title)) from contact;
create statistics contact_address_state_folded   on (lower(address_state)) from contact;
create statistics contact_address_country_folded on (lower(address_country)) from contact;
create statistics lead_last_name_folded          on (lower(last_name)) from lead;
create statistics lead_title_folded              on (lower(title)) from lead;
create statistics lead_source_folded             on (lower(source)) from lead;
create statistics lead_address_city_folded       on (lower(address_city)) from lead;
create statistics lead_address_country_folded    on (lower(address_country)) from lead;
create statistics account_type_folded            on (lower(type)) from account;
create statistics account_billing_address_country_folded on (lower(billing_address_country)) from account;

-- Filters and sorts that were slow on a large table, and what an administrator made of it.
create table slow_filter (
  id          uuid primary key default uuid_v7(),
  entity_type text not null,
  field       text not null,
  -- Which index would help: see src/slow-filters/field-index.ts.
  kind        text not null check (kind in ('order', 'words', 'members')),
  times       int not null default 1,
  slowest_ms  int not null,
  first_at    timestamptz not null,
  last_at     timestamptz not null,
  -- The task that makes the index, the last one.
  task_id     uuid,
  unique (entity_type, field, kind)
);
