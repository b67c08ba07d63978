-- Target lists, who is in them, and everybody's "no".
create table target_list (
  id               uuid primary key,
  name             text not null check (name <> ''),
  description      text not null default '',
  category         text not null default '',
  -- A public topic stands on the preferences page and names the List-Id.
  public_topic     boolean not null default false,
  assigned_user_id uuid references "user" on delete set null,
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1,
  -- A list is never really gone: links in sent mail still opt out of it.
  deleted_at       timestamptz
);

create table target_list_member (
  target_list_id uuid not null references target_list,
  entity_type    text not null,
  record_id      uuid not null,
  source         text not null default 'manual' check (source in ('manual', 'import', 'form', 'api', 'report', 'log')),
  added_by       uuid,
  added_at       timestamptz not null default now(),
  consent_at     timestamptz,
  consent_source text,
  consent_text   text,
  primary key (target_list_id, entity_type, record_id)
);
create index target_list_member_record on target_list_member (entity_type, record_id);

-- A person's "no" to one list. It belongs to the address and survives the membership.
create table opt_out (
  target_list_id uuid not null references target_list,
  email_key      text not null,
  email_address  text not null,
  entity_type    text,
  record_id      uuid,
  source         text not null default 'manual',
  reason         text not null default '',
  -- The delivery whose link was used: "Subscribe again" undoes exactly what that token's opt-out set.
  lane           smallint,
  delivery_id    bigint,
  at             timestamptz not null default now(),
  by_user_id     uuid,
  ip             text,
  user_agent     text,
  primary key (target_list_id, email_key)
);
create index opt_out_address on opt_out (email_key);

-- Why an address is never mailed. An address may have several reasons.
create table suppression (
  id            uuid not null default uuid_v7() unique,
  email_key     text not null,
  email_address text not null,
  reason        text not null check (reason in ('optedOut', 'invalid', 'complained', 'softBounced')),
  source        text not null default 'manual',
  detail        text not null default '',
  entity_type   text,
  record_id     uuid,
  lane          smallint,
  delivery_id   bigint,
  at            timestamptz not null default now(),
  until         timestamptz,
  by_user_id    uuid,
  ip            text,
  user_agent    text,
  primary key (email_key, reason)
);
create index suppression_at on suppression (at desc, id);

-- A record that goes leaves its lists; its "no" stays, by address.
create function leave_target_lists() returns trigger language plpgsql as $$
begin
  delete from target_list_member m using gone g where m.entity_type = tg_argv[0] and m.record_id = g.id;
  return null;
end $$;
create trigger account_leaves after delete on account referencing old table as gone for each statement execute function leave_target_lists('Account');
create trigger contact_leaves after delete on contact referencing old table as gone for each statement execute function leave_target_lists('Contact');
create trigger lead_leaves    after delete on lead    referencing old table as gone for each statement execute function leave_target_lists('Lead');
create trigger user_leaves    after delete on "user"  referencing old table as gone for each statement execute function leave_target_lists('User');
