-- Email templates. What was written stays exactly as given; a version is cut when a mass email is frozen.
create table email_template (
  id               uuid primary key,
  name             text not null check (name <> ''),
  subject          text not null default '',
  body             text not null default '',
  format           text not null default 'html' check (format in ('html', 'mjml', 'text', 'blocks')),
  text_body        text,
  category         text not null default '',
  assigned_user_id uuid references "user" on delete set null,
  created_at       timestamptz not null default now(),
  created_by       uuid,
  modified_at      timestamptz not null default now(),
  modified_by      uuid,
  version          int not null default 1,
  deleted_at       timestamptz
);

create table email_template_version (
  id                uuid primary key,
  email_template_id uuid not null references email_template,
  -- The template's version counter when this was cut.
  number            int not null,
  subject           text not null,
  body              text not null,
  format            text not null,
  text_body         text,
  created_at        timestamptz not null default now(),
  unique (email_template_id, number)
);
