-- Authority rows. Each carries a MAC over its content, its revision and the ledger entry (act) that made it; a row without a good MAC grants
-- nothing. A MAC is four bytes of key version and 32 of HMAC-SHA-256. The constraints catch slips; the MACs catch everybody else.

-- An API client, or the one `system` principal: the server itself, which has no secret and so can never sign in.
-- `name` is sealed, since clients are named after people. `secret` is the keyed digest of a random 32-byte secret.
create table principal (
  principal_id uuid primary key,
  kind text not null check (kind in ('client', 'system')),
  role text not null,
  name bytea not null,
  purposes text[] not null,
  row_scope text not null check (row_scope in ('none', 'assignments', 'groups', 'everything-masked')),
  groups uuid[] not null check (cardinality(groups) <= 1000),
  entities text[] not null check (cardinality(entities) <= 1000),
  lines text[] not null,
  class_ceiling integer check (class_ceiling >= 0),
  secret bytea check (octet_length(secret) = 32),
  status text not null check (status in ('active', 'suspended', 'revoked')),
  expires_at timestamptz,
  revision bigint not null check (revision > 0),
  act uuid not null,
  mac bytea not null check (octet_length(mac) = 36),
  check ((kind = 'system') = (secret is null)),
  check ((kind = 'system') = (expires_at is null))
);
-- Two processes that start together on an empty database make one system principal between them.
create unique index principal_one_system on principal (kind) where kind = 'system';

-- Rows in state `open` are those the customer's sealed digest covers; they leave it when ended, or when swept after `ends_at`.
-- `assignee_id` is a principal or a group.
create table assignment (
  customer_id uuid not null,
  assignment_id uuid not null,
  assignee_id uuid not null,
  unit_id uuid,
  kind text not null,
  state text not null check (state in ('open', 'ended')),
  starts_at timestamptz not null,
  ends_at timestamptz,
  revision bigint not null check (revision > 0),
  act uuid not null,
  mac bytea not null check (octet_length(mac) = 36),
  primary key (customer_id, assignment_id),
  check (ends_at >= starts_at),
  check (state = 'open' or ends_at is not null)
);
create index assignment_open on assignment (customer_id) where state = 'open';
create index assignment_assignee on assignment (assignee_id, customer_id, assignment_id) where state = 'open';

-- The policy set in force, by the digest of its files.
create table policy_state (
  id smallint primary key check (id = 1),
  revision bigint not null check (revision > 0),
  digest bytea not null check (octet_length(digest) = 32),
  act uuid not null,
  mac bytea not null check (octet_length(mac) = 36)
);

-- Nothing is ever deleted, and who or whose a row is never changes.
grant select, insert on principal, assignment, policy_state to "$app_role";
grant update (name, purposes, row_scope, groups, entities, lines, class_ceiling, secret, status, expires_at, revision, act, mac)
  on principal to "$app_role";
grant update (state, ends_at, revision, act, mac) on assignment to "$app_role";
grant update (revision, digest, act, mac) on policy_state to "$app_role";
