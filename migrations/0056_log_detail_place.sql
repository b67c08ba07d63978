-- How far each lane of the campaign log was looked through for what is not kept any more: a night reads what has become old since, not the whole log.
create table log_detail_place (
  lane       smallint primary key,
  through_id bigint not null
);
