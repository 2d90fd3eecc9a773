-- What systems have used up of their ceilings, and which signed assertions were taken: neither grants anything.

-- Keyed digests of (client, ceiling, window) and counts. Unlogged: neither the log nor a backup nor a replica learns of them. `taken` is what the
-- latest raise got, which the statement that raises answers with.
create unlogged table client_allowance (
  token bytea primary key check (octet_length(token) = 32),
  spent integer not null check (spent >= 0),
  taken integer not null check (taken >= 0),
  ends_at timestamptz not null
) with (fillfactor = 70);
create index client_allowance_ends on client_allowance (ends_at);
grant select, insert, update, delete on client_allowance to "$app_role";

-- Keyed digests of (client, jti), kept until the assertion would be refused as expired (RFC 7523 3: single use). Logged, so that no crash forgets one.
create table assertion_used (
  token bytea primary key check (octet_length(token) = 32),
  ends_at timestamptz not null
);
create index assertion_used_ends on assertion_used (ends_at);
grant select, insert, update, delete on assertion_used to "$app_role";

-- A client that proves itself by keys or certificates has no secret; one that awaits a second person's approval grants nothing.
alter table principal drop constraint principal_secret_of_client;
alter table principal add constraint principal_secret_of_client check (kind = 'client' or secret is null);
alter table principal drop constraint principal_status_check;
alter table principal add constraint principal_status_check check (status in ('pending', 'active', 'on-leave', 'suspended', 'revoked'));
