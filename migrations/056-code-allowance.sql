-- How many one-time codes were asked for and tried of late: keyed digests that change with their window, and counts. Grants nothing.
-- Unlogged: neither the log nor a backup nor a replica learns of them; each code's own tries stand sealed in its authority row.
create unlogged table code_allowance (
  token bytea primary key check (octet_length(token) = 32),
  spent integer not null check (spent >= 0),
  ends_at timestamptz not null
) with (fillfactor = 70);
create index code_allowance_ends on code_allowance (ends_at);

grant select, insert, update, delete on code_allowance to "$app_role";
