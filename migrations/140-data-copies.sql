-- Copies of data that answer a right of access, sealed in parts, each under the key of the unit that it speaks of and bound to its copy and place; removed when their time is over.

-- Which parts there are stands in an authority row of the customer: one that is missing, moved or put back does not open or is missed.
create table data_copy_part (
  copy_id uuid not null,
  part integer not null check (part >= 0 and part < 100000),
  unit_id uuid not null,
  sealed bytea not null check (octet_length(sealed) <= 4000000),
  expires_at timestamptz not null,
  primary key (copy_id, part)
);
create index data_copy_part_expires on data_copy_part (expires_at);

grant select, insert, delete on data_copy_part to "$app_role";
