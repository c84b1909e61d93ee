-- What the mesh looked like, and what was changed when.

-- The cluster's content changes rarely: each one is stored once and named by its SHA-256.
create table graph_inventory (
  digest  bytea primary key,
  body    bytea not null,
  used_at timestamptz not null -- refreshed at least every half hour while frames name it
);
alter table graph_inventory alter column body set storage external;

-- Every frame, in partitions of one hour.
create table graph_frame_fine (
  at                timestamptz primary key,
  per_second        double precision not null,
  errors_per_second double precision not null,
  worst             text not null,
  inventory         bytea not null,
  body              bytea not null
) partition by range (at);
alter table graph_frame_fine alter column body set storage external;

-- The first frame of each minute, in partitions of one day. Written beside the fine frames, so that
-- thinning is dropping a partition and never deletes rows.
create table graph_frame_minute (
  at                timestamptz primary key,
  per_second        double precision not null,
  errors_per_second double precision not null,
  worst             text not null,
  inventory         bytea not null,
  body              bytea not null
) partition by range (at);
alter table graph_frame_minute alter column body set storage external;

-- Changes of configuration, shown as marks on the time line.
create table config_mark (
  id        bigint generated always as identity primary key,
  at        timestamptz not null,
  kind      text not null,
  namespace text not null,
  name      text not null,
  what      text not null
);
create index config_mark_at on config_mark (at);
