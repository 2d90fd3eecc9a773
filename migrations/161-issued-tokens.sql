-- Tokens that were given to third parties in place of values, so that they can be traced back: through the gate alone. Keyed digests, ids and codes;
-- a row that the server did not write (mac) leads nowhere, and whatever one leads to is decided and recorded like any other disclosure.
create table issued_token (
  token bytea primary key check (octet_length(token) = 32),
  customer_id uuid not null,
  record_id uuid not null,
  field text not null check (field ~ '^[a-z0-9.-]{1,81}$'),
  mac bytea not null check (octet_length(mac) = 32)
);

grant select, insert on issued_token to "$app_role";
