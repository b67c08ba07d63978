-- Figures by recipient domain and entity type, kept in the transaction of the events like all others. One row holds all numbers of a
-- (lane, mass email, entity type, domain): an event changes one row, whatever it counts for. Only the fifty largest domains of a mass email
-- are kept by name, chosen when it is frozen (docs/decisions/0018-figures-by-domain.md); '' is all others.
create table figure_domain (
  lane            smallint not null,
  mass_email_id   uuid not null,
  entity_type     text not null,
  domain          text not null,
  campaign_id     uuid not null,
  people          int not null default 0,
  sent            int not null default 0,
  failed          int not null default 0,
  skipped         int not null default 0,
  uncertain       int not null default 0,
  opened          int not null default 0,
  clicked         int not null default 0,
  clicks          int not null default 0,
  opted_out       int not null default 0,
  opted_in        int not null default 0,
  bounced_hard    int not null default 0,
  bounced_soft    int not null default 0,
  complained      int not null default 0,
  replied         int not null default 0,
  leads_created   int not null default 0,
  machine_opened  int not null default 0,
  machine_clicked int not null default 0,
  primary key (lane, mass_email_id, entity_type, domain)
) with (fillfactor = 60);
create index figure_domain_campaign on figure_domain (campaign_id);
create index figure_domain_mass_email on figure_domain (mass_email_id);

-- Filter chips count entries of the log: from figures (`logged.ACTION`) where nothing else is asked; those of tests, which no figure counts, by this.
create index log_entry_test on log_entry (campaign_id, action) where test;

-- Home shows bounces and complaints of the last days beside the safe lines.
create index figure_hour_safety on figure_hour (hour) where metric in ('sent', 'bouncedHard', 'complained');

-- What is there already is counted once.
with address as (
  select lane, mass_email_id, entity_type, split_part(email_key, '@', -1) as domain, status from delivery where not test
), named as (
  select mass_email_id, domain from (
    select mass_email_id, domain, row_number() over (partition by mass_email_id order by count(*) desc, domain) as place from address group by 1, 2) ranked
   where place <= 50
), status as (
  select lane, mass_email_id, entity_type, coalesce(named.domain, '') as domain, count(*) as people,
         count(*) filter (where status = 'sent') as sent, count(*) filter (where status = 'failed') as failed,
         count(*) filter (where status = 'skipped') as skipped, count(*) filter (where status = 'uncertain') as uncertain
    from address left join named using (mass_email_id, domain) group by 1, 2, 3, 4
), entry as (
  select e.lane, e.mass_email_id, e.entity_type, coalesce(named.domain, '') as domain, e.delivery_id, e.action, e.subject, e.machine, e.repeats
    from log_entry e left join named on named.mass_email_id = e.mass_email_id and named.domain = lower(split_part(e.email_address, '@', -1))
   where not e.test and e.subject <> 'unproved'
), happened as (
  select lane, mass_email_id, entity_type, domain,
         count(distinct delivery_id) filter (where action = 'opened' and not machine) as opened,
         count(distinct delivery_id) filter (where action = 'clicked' and not machine) as clicked,
         coalesce(sum(repeats) filter (where action = 'clicked' and not machine), 0) as clicks,
         count(distinct delivery_id) filter (where action = 'optedOut' and not machine) as opted_out,
         count(distinct delivery_id) filter (where action = 'optedIn' and not machine) as opted_in,
         count(distinct delivery_id) filter (where action = 'complained' and not machine) as complained,
         count(distinct delivery_id) filter (where action = 'replied' and not machine) as replied,
         count(distinct delivery_id) filter (where action = 'leadCreated' and not machine) as leads_created,
         count(distinct delivery_id) filter (where action = 'opened' and machine) as machine_opened,
         count(distinct delivery_id) filter (where action = 'clicked' and machine) as machine_clicked
    from entry group by 1, 2, 3, 4
), bounced as (
  select b.lane, b.mass_email_id, b.entity_type, b.domain, count(*) filter (where hard) as hard, count(*) filter (where not hard) as soft
    from (select lane, mass_email_id, entity_type, domain, delivery_id, bool_or(subject = 'hard') as hard
            from entry where action = 'bounced' group by 1, 2, 3, 4, 5) b
    join delivery d on d.lane = b.lane and d.id = b.delivery_id and d.status = 'sent' group by 1, 2, 3, 4
)
insert into figure_domain (lane, mass_email_id, entity_type, domain, campaign_id, people, sent, failed, skipped, uncertain, opened, clicked, clicks,
                           opted_out, opted_in, bounced_hard, bounced_soft, complained, replied, leads_created, machine_opened, machine_clicked)
select lane, mass_email_id, entity_type, domain, m.campaign_id, coalesce(people, 0), coalesce(sent, 0), coalesce(failed, 0), coalesce(skipped, 0),
       coalesce(uncertain, 0), coalesce(opened, 0), coalesce(clicked, 0), coalesce(clicks, 0), coalesce(opted_out, 0), coalesce(opted_in, 0),
       coalesce(bounced.hard, 0), coalesce(bounced.soft, 0), coalesce(complained, 0), coalesce(replied, 0), coalesce(leads_created, 0),
       coalesce(machine_opened, 0), coalesce(machine_clicked, 0)
  from status full join happened using (lane, mass_email_id, entity_type, domain) full join bounced using (lane, mass_email_id, entity_type, domain)
  join mass_email m on m.id = mass_email_id;

insert into figure (lane, mass_email_id, campaign_id, metric, machine, count)
select lane, mass_email_id, campaign_id, 'logged.' || action, machine, count(*) from log_entry where not test group by 1, 2, 3, 4, 5;
