-- What may be on the wire and what the server took, a row for a group of deliveries: written many times a second and gone with the
-- settlement. The ledger itself is written twice for each delivery, when it is claimed and when it is settled, not four times.
create table wire (
  lane        smallint not null,
  sender_id   bigint not null,
  id          bigint generated always as identity,
  -- Deliveries whose final dot may be written: the durable mark.
  marked      bigint[] not null default '{}',
  -- Deliveries that the server took, and their Message-IDs in the same order.
  taken       bigint[] not null default '{}',
  message_ids text[] not null default '{}',
  at          timestamptz not null,
  primary key (lane, sender_id, id)
);

-- Who is in a mass email is asked for all its people at once, by the mass email; each change of a delivery paid for this one.
drop index delivery_record;
