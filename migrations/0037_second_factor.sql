-- A second factor at sign-in. Like the password it belongs to the user's row, and what is not there never needs to be looked for.
alter table "user"
  -- The secret of the authenticator app, sealed. It counts from `second_factor_since` on, when a right code has proved that the app has it.
  add second_factor_sealed text,
  add second_factor_since timestamptz,
  -- The time step of the last code that was taken: none is taken twice.
  add second_factor_step bigint not null default 0,
  -- SHA-256 of the recovery codes that are left.
  add recovery_code_hashes text[] not null default '{}';
