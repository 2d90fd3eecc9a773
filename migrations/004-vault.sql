-- Customers and their records. Nothing here is readable without keys; SECURITY.md lists what a reader does learn.
-- Every table is distributed by customer_id, search_token and source_key by token; no foreign keys, since they would cross nodes.

-- `authority` is sealed, of a fixed size: the customer's flags, status and the digest of its assignments. Its seal is its MAC.
create table customer (
  customer_id uuid primary key,
  log_shard smallint not null,
  revision bigint not null check (revision > 0),
  act uuid not null,
  authority bytea not null
) with (fillfactor = 80);

-- A retention unit: a policy, a claim, an application, or the relationship itself. `book` is the producer's or block's group id.
create table retention_unit (
  customer_id uuid not null,
  unit_id uuid not null,
  kind text not null check (kind in ('relationship', 'policy', 'claim', 'application', 'investigation')),
  entity text not null,
  brand text not null,
  line text not null,
  book uuid,
  status text not null check (status in ('open', 'closed', 'erased')),
  revision bigint not null check (revision > 0),
  act uuid not null,
  mac bytea not null check (octet_length(mac) = 36),
  primary key (customer_id, unit_id)
) with (fillfactor = 80);

-- `pack`: the record's fields, each sealed alone. `checks`: its sealed inner blind-index hashes and field digests.
-- A pack of thirty fields has 4 KB: kept in the row, where one read finds it, and never offered to the compressor, which cannot win on ciphertext.
create table record (
  customer_id uuid not null,
  record_id uuid not null,
  unit_id uuid not null,
  record_type text not null,
  schema_version integer not null check (schema_version > 0),
  revision integer not null check (revision > 0),
  pack bytea not null,
  checks bytea not null,
  act uuid not null,
  primary key (customer_id, record_id)
) with (toast_tuple_target = 8160);
alter table record alter column pack set storage external, alter column checks set storage external;
create index record_by_type on record (customer_id, record_type, record_id);

-- What a record said before each correction, sealed as it was: never updated.
create table record_history (
  customer_id uuid not null,
  record_id uuid not null,
  revision integer not null check (revision > 0),
  unit_id uuid not null,
  record_type text not null,
  schema_version integer not null,
  pack bytea not null,
  checks bytea not null,
  act uuid not null,
  primary key (customer_id, record_id, revision)
) with (toast_tuple_target = 8160);
alter table record_history alter column pack set storage external, alter column checks set storage external;

-- Blind-index tokens: truncated keyed hashes, which lead to candidates that the sealed checks then confirm.
create table search_token (
  token bytea not null check (octet_length(token) <= 32),
  customer_id uuid not null,
  record_id uuid not null,
  index_name text not null,
  key_version integer not null,
  primary key (token, customer_id, record_id, index_name)
);
create index search_token_customer on search_token (customer_id, record_id);

-- Where a source system's key (hashed under a key) leads: makes imports idempotent and joins a claim to its policy.
-- `content`: keyed digest of what the source last said, so that an unchanged line is known as one.
create table source_key (
  token bytea primary key check (octet_length(token) = 32),
  customer_id uuid not null,
  unit_id uuid,
  record_id uuid,
  content bytea,
  mac bytea not null check (octet_length(mac) = 36)
);
create index source_key_customer on source_key (customer_id);

-- A link between people is two rows of one id, one with each of them, so that both find it by their own id.
create table customer_link (
  customer_id uuid not null,
  link_id uuid not null,
  other_customer_id uuid not null,
  side text not null check (side in ('from', 'to')),
  kind text not null,
  unit_id uuid,
  ended boolean not null,
  revision bigint not null check (revision > 0),
  act uuid not null,
  mac bytea not null check (octet_length(mac) = 36),
  primary key (customer_id, link_id)
);

-- Pairs that may be one person, for a person to judge. Once judged, the row carries a MAC.
create table match_suggestion (
  customer_id uuid not null,
  other_customer_id uuid not null check (customer_id < other_customer_id),
  reason text not null,
  state text not null check (state in ('open', 'same', 'different')),
  created_at timestamptz not null,
  act uuid,
  mac bytea check (octet_length(mac) = 36),
  primary key (customer_id, other_customer_id, reason),
  check ((state = 'open') = (mac is null) and (mac is null) = (act is null))
);
create index match_suggestion_other on match_suggestion (other_customer_id);
create index match_suggestion_open on match_suggestion (created_at, customer_id) where state = 'open';

grant select, insert, update, delete on record, search_token, source_key, match_suggestion, retention_unit, customer_link to "$app_role";
grant select, insert, delete on record_history to "$app_role";
grant select, insert, update on customer to "$app_role";
