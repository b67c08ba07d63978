-- The logo, and those before it as long as the history of settings names them. Named by what is in it, so that an address never shows another picture.
create table setting_image (
  id           text primary key,
  content_type text not null check (content_type in ('image/png', 'image/jpeg')),
  width        int not null,
  height       int not null,
  content      bytea not null,
  created_at   timestamptz not null,
  created_by   uuid
);
