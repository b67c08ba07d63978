-- "Do not email" is a field of records and holds for the address. After a merge no record may have that address any more: then the
-- address keeps it by itself. "Opted out" would not do: informational email reaches those.
alter table suppression drop constraint suppression_reason_check;
alter table suppression add constraint suppression_reason_check check (reason in ('optedOut', 'invalid', 'complained', 'softBounced', 'doNotEmail'));
