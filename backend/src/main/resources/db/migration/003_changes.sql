-- Changes of the cluster: what was meant, what came of it, and who tried what.

create table change_set (
  id              uuid primary key,
  title           text not null,
  author          text not null,
  at              timestamptz not null,
  reverts         uuid,
  hash            text not null,
  state           text not null,
  detail          text not null,
  applied_by      text,
  idempotency_key text unique,
  runner          text,        -- the process that writes
  alive_at        timestamptz  -- when it was last heard of
);
create index change_set_at on change_set (at desc);
create index change_set_running on change_set (alive_at) where state in ('APPLYING', 'COMPENSATING');

create table change_step (
  change_id  uuid not null references change_set (id),
  number     integer not null,
  api_group  text not null,
  kind       text not null,
  version    text not null,
  namespace  text not null,
  name       text not null,
  before     text,
  after      text,
  left_as    text,
  state      text not null,
  detail     text not null,
  primary key (change_id, number)
);

-- An object belongs to at most one running change, whichever process runs it.
create table change_lock (
  object    text primary key,
  change_id uuid not null references change_set (id)
);

-- Who tried what, and what came of it. Rows are only ever added; each one's hash covers the hash of
-- the one before.
create table change_audit (
  number    bigint primary key,
  at        timestamptz not null,
  who       text not null,
  what      text not null,
  change_id uuid,
  detail    text not null,
  hash      bytea not null
);

create function change_audit_is_final() returns trigger language plpgsql as
$$ begin raise exception 'audit rows are never changed'; end $$;

create trigger change_audit_final before update or delete or truncate on change_audit
  for each statement execute function change_audit_is_final();
