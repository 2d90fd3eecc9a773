-- Wrapped keys only: the root key and the bucket keys live outside PostgreSQL.

-- `pending`: made known to all processes before any writes under it. `retiring`: opens what is left under it.
create table domain_key (
  domain text not null,
  version integer not null check (version > 0),
  state text not null check (state in ('pending', 'active', 'retiring', 'destroyed')),
  wrapped bytea check (octet_length(wrapped) <= 8192),
  created_at timestamptz not null,
  retiring_at timestamptz,
  primary key (domain, version),
  check ((state = 'destroyed') = (wrapped is null))
);

-- Under which version each bucket's rows are wrapped. Writers of wrapped keys share its row lock, a rewrap holds it alone.
create table key_bucket (
  bucket smallint primary key check (bucket between 0 and 4095),
  version integer not null check (version > 0)
) with (fillfactor = 50);
insert into key_bucket (bucket, version) select n, 1 from generate_series(0, 4095) as n;

-- One row a retention unit: its data keys, one a class, wrapped together under its customer's bucket key.
create table unit_key (
  customer_id uuid not null,
  unit_id uuid not null,
  bucket smallint not null check (bucket between 0 and 4095),
  bucket_version integer not null check (bucket_version > 0),
  pack bytea not null check (octet_length(pack) <= 8192),
  primary key (customer_id, unit_id)
) with (fillfactor = 80);
create index unit_key_bucket on unit_key (bucket, customer_id, unit_id);

-- INVARIANT: no row is committed under a bucket key that a rewrap has left behind: the key is about to be destroyed, and the row with it.
create function unit_key_under_current_bucket() returns trigger
language plpgsql volatile set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- Waits for a rewrap under way and keeps the next one waiting until this transaction ends.
  perform 1 from key_bucket b where b.bucket in (select w.bucket from written w) order by b.bucket for share;
  -- A statement of its own, so that it sees what a rewrap just waited for has committed.
  if exists (
    select 1 from written w left join key_bucket b on b.bucket = w.bucket and b.version = w.bucket_version where b.bucket is null
  ) then
    raise exception 'wrapped under a bucket key that is not current' using errcode = 'serialization_failure';
  end if;
  return null;
end
$$;
create trigger unit_key_inserted after insert on unit_key referencing new table as written
  for each statement execute function unit_key_under_current_bucket();
create trigger unit_key_updated after update on unit_key referencing new table as written
  for each statement execute function unit_key_under_current_bucket();

-- Where an erasure stands. `requested`: keys deleted. `rewrapped`: the bucket's other keys stand under `rewrapped_version`, in a rewrap that
-- knew of this erasure. `final`: no earlier key of the bucket exists, and every lease has run out. The MAC covers all of it but `swept_at`.
create table erasure (
  erasure_id uuid primary key,
  customer_id uuid not null,
  unit_id uuid,
  state text not null check (state in ('requested', 'rewrapped', 'final')),
  bucket smallint not null check (bucket between 0 and 4095),
  rewrapped_version integer,
  requested_at timestamptz not null,
  final_at timestamptz,
  swept_at timestamptz,
  act uuid not null,
  certificate bytea check (octet_length(certificate) <= 1048576),
  mac bytea not null,
  check ((state = 'requested') = (rewrapped_version is null)),
  check ((state = 'final') = (final_at is not null))
);
create index erasure_open on erasure (bucket) where state <> 'final';
create index erasure_unswept on erasure (requested_at) where swept_at is null;
create index erasure_customer on erasure (customer_id);
create index erasure_bucket on erasure (bucket);

grant select, insert, update on domain_key, erasure to "$app_role";
grant select, update on key_bucket to "$app_role";
grant select, insert, update, delete on unit_key to "$app_role";
