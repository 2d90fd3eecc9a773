-- How often somebody searched of late, and how often somebody guessed in vain at one value: keyed digests that change by the hour or day, and counts.
-- Unlogged: neither the log nor a backup nor a replica learns of them, and a crash that empties them leaves the ceiling that the ledger itself keeps.
create unlogged table search_allowance (
  token bytea primary key check (octet_length(token) = 32),
  spent integer not null check (spent >= 0),
  ends_at timestamptz not null
) with (fillfactor = 70);
create index search_allowance_ends on search_allowance (ends_at);

grant select, insert, update, delete on search_allowance to "$app_role";
