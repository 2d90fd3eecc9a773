-- Papers taken in, in parts, each sealed under the key of the unit that its record stands in and bound to that record and place.

-- The record holds the digest of the whole: a part that is missing, exchanged or of another paper makes it unreadable, and never something else.
create table document_part (
  record_id uuid not null,
  part integer not null check (part >= 0 and part < 1000),
  customer_id uuid not null,
  unit_id uuid not null,
  sealed bytea not null check (octet_length(sealed) <= 4000000),
  primary key (record_id, part)
);
create index document_part_unit on document_part (customer_id, unit_id);

grant select, insert, delete on document_part to "$app_role";
