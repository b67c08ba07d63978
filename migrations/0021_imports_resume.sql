-- An import goes on where it stood, on any machine, and can say what it left behind.
alter table import
  -- Rows up to this line are in, and counted: the mark is part of each batch's transaction.
  add column done_through int not null default 0,
  -- What it creates or changes carries this as its time of change: what has another one was changed since.
  add column started_at timestamptz,
  -- Of what it created: taken back, and kept because somebody changed it since.
  add column reverted int not null default 0,
  add column kept int not null default 0;

-- The uploaded file, in pieces, until the import ends: the worker may be another machine than the one that took the upload.
create table import_file (
  import_id uuid not null references import on delete cascade,
  part      int not null,
  content   bytea not null,
  primary key (import_id, part)
);
-- A spreadsheet is compressed already; a text file is here for minutes.
alter table import_file alter column content set storage external;
