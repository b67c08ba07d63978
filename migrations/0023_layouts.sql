-- What lists, forms and panels show where an administrator chose it. Without a row a layout is made from the definition.
create table layout (
  -- An entity type's name, or TargetList.
  entity_type text not null,
  kind        text not null check (kind in ('list', 'detail', 'bottomPanels', 'filters')),
  -- [{"title": "…", "items": ["firstName", …]}]: one group, but for the detail form. Names that are gone stay, in case they come back.
  groups      jsonb not null,
  version     int not null default 1,
  modified_at timestamptz not null,
  modified_by uuid,
  primary key (entity_type, kind)
);
