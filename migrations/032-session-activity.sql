-- When a session was last used: moves at most once a minute, grants nothing (a session ends at its own time, which its authority row states).
create table session_activity (
  session_id uuid primary key,
  seen_at timestamptz not null
) with (fillfactor = 50);
create index session_activity_seen on session_activity (seen_at);
grant select, insert, update, delete on session_activity to "$app_role";
