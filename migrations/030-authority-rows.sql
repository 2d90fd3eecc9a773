-- What grants or proves something, whatever its kind (a credential, a session, an approval, a client's key): sealed, and listed by a sealed head.

-- `content` is sealed with associated data over every other column: its seal is the row's MAC. `lookup` is a keyed digest by which a row is found.
-- Rows are ended, never deleted.
create table authority_row (
  owner_id uuid not null,
  row_id uuid not null,
  kind text not null,
  lookup bytea check (octet_length(lookup) = 32),
  state text not null check (state in ('live', 'ended')),
  ends_at timestamptz,
  content bytea not null check (octet_length(content) <= 70000),
  revision bigint not null check (revision > 0),
  act uuid not null,
  primary key (owner_id, row_id)
) with (fillfactor = 80);
create unique index authority_row_lookup on authority_row (kind, lookup) where state = 'live' and lookup is not null;
create index authority_row_live on authority_row (owner_id) where state = 'live';
create index authority_row_kind on authority_row (kind, state, row_id);

-- One an owner (a principal, a customer, a campaign): `digest` seals which rows of its are live, so that none can be taken away, put back or added unseen.
create table authority_head (
  owner_id uuid primary key,
  revision bigint not null check (revision > 0),
  act uuid not null,
  digest bytea not null check (octet_length(digest) <= 256)
) with (fillfactor = 80);

grant select, insert on authority_row, authority_head to "$app_role";
grant update (lookup, state, ends_at, content, revision, act) on authority_row to "$app_role";
grant update (revision, act, digest) on authority_head to "$app_role";
