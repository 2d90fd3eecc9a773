-- Letters on their way out: sealed whole (address, words and how long they are of use), bound to their id, removed once handed over.

-- An older row put back sends at most what was sent before, and nothing once its time, which stands in the seal, is over.
create table mail_outbox (
  mail_id uuid primary key,
  sealed bytea not null check (octet_length(sealed) <= 20000),
  key_version bigint not null check (key_version > 0),
  attempts integer not null check (attempts >= 0),
  due_at timestamptz not null
) with (fillfactor = 70);
create index mail_outbox_due on mail_outbox (due_at);

grant select, insert, delete on mail_outbox to "$app_role";
grant update (sealed, key_version, attempts, due_at) on mail_outbox to "$app_role";
