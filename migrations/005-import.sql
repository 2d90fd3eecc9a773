-- Imports: how far each has come, and the rejected lines, which are sealed.

-- `totals`: control totals, sealed and bound to the run and its offset; of a small file they would tell what one customer pays.
-- `columns`: the order of the file's columns, as places in the mapping's list; null until the header was read.
create table import_run (
  import_id uuid primary key,
  file_token bytea not null check (octet_length(file_token) = 32),
  mapping text not null,
  mapping_digest bytea not null check (octet_length(mapping_digest) = 32),
  size_bytes bigint not null check (size_bytes >= 0),
  columns integer[],
  state text not null check (state in ('running', 'done', 'failed')),
  offset_bytes bigint not null check (offset_bytes between 0 and size_bytes),
  line bigint not null check (line >= 1),
  totals bytea not null,
  started_by uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  unique (file_token, mapping, mapping_digest),
  check ((state = 'running') = (finished_at is null))
);
create index import_run_started on import_run (started_at desc, import_id);

create table import_reject (
  import_id uuid not null,
  line bigint not null,
  field text not null,
  reason text not null,
  sealed_line bytea not null,
  primary key (import_id, line, field)
);

-- Which customers a running import has met, so that they are counted once whatever happens in between; emptied when it is done.
create table import_customer (
  import_id uuid not null,
  customer_id uuid not null,
  primary key (import_id, customer_id)
);

grant select, insert, update on import_run to "$app_role";
grant select, insert on import_reject to "$app_role";
grant select, insert, delete on import_customer to "$app_role";
