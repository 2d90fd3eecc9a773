-- Idempotency keys: the answer's ids are kept, key and body only as keyed digests, all scoped to the principal.

create table idempotency_key (
  principal_id uuid not null,
  key_token bytea not null check (octet_length(key_token) = 32),
  body_token bytea not null check (octet_length(body_token) = 32),
  route text not null,
  result uuid[] not null,
  created_at timestamptz not null,
  primary key (principal_id, key_token)
);
create index idempotency_key_age on idempotency_key (created_at);

grant select, insert, delete on idempotency_key to "$app_role";
