-- Spans, as they were received.

-- One row per trace and flush. Partitions of one hour, by the start of the segment's first span.
create table trace_segment (
  trace_id uuid      not null,
  start_us bigint    not null,
  end_us   bigint    not null,
  spans    integer   not null,
  errors   integer   not null,
  tokens   integer[] not null, -- hashes of key=value and of keys; 0: more than were kept
  payload  bytea     not null  -- OTLP TracesData, deflated
) partition by range (start_us);
alter table trace_segment alter column payload set storage external;
create index on trace_segment (trace_id);
create index on trace_segment (start_us desc, trace_id desc);
create index on trace_segment using gin (tokens) with (gin_pending_list_limit = 512);

-- What search boxes offer. Grows with the number of names, not of spans.
create table trace_name (
  service   text not null, -- empty: the second column is a key of attributes
  operation text not null,
  primary key (service, operation)
);
