-- What keeps sign-in from being guessed at: counts of attempts and challenges answered, both under keyed digests. Nothing here grants anything.

-- One row an account, an account from one place, a device or a place: how often somebody tried in vain, and until when nobody may try again.
create table sign_in_attempt (
  bucket bytea primary key check (octet_length(bucket) = 32),
  failures integer not null check (failures > 0),
  last_at timestamptz not null,
  locked_until timestamptz not null
) with (fillfactor = 70);
create index sign_in_attempt_last on sign_in_attempt (last_at);

-- Challenges that were answered: each is answered once.
create table spent_challenge (
  digest bytea primary key check (octet_length(digest) = 32),
  spent_at timestamptz not null
);
create index spent_challenge_at on spent_challenge (spent_at);

grant select, insert, update, delete on sign_in_attempt to "$app_role";
grant select, insert, delete on spent_challenge to "$app_role";
