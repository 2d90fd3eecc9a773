-- How far each stream of security events has come: one row a stream, held by one server process at a time. The MAC keeps anybody from moving a stream
-- forward; a row put back or removed only has events sent once more.
create table event_position (
  stream text primary key check (octet_length(stream) between 1 and 64),
  -- Index of the last entry that is done with, -1 before the first; and how many events that made.
  position bigint not null check (position >= -1),
  events bigint not null check (events >= 0),
  holder uuid,
  held_until timestamptz not null,
  mac bytea not null check (octet_length(mac) = 36)
) with (fillfactor = 50);

grant select, insert on event_position to "$app_role";
grant update (position, events, holder, held_until, mac) on event_position to "$app_role";
