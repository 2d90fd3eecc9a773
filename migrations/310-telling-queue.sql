-- Who is to be told of a correction, a statement or a withdrawn authorization: an index of what customers' authority rows say, so that those that are open and
-- those that fall due are found among all.

-- Ids, codes and times alone. A row proves nothing: whatever it leads to is read from the telling itself, and what is missing or not true is made anew by a
-- walk over the tellings. `look_at` and `remind_at` say when somebody looks at it again; later than they could be, they are made anew as well.
create table telling_queue (
  telling_id uuid primary key,
  customer_id uuid not null,
  state text not null check (octet_length(state) between 1 and 32),
  is_open boolean not null,
  due_before timestamptz not null,
  look_at timestamptz,
  remind_at timestamptz,
  revision bigint not null check (revision > 0)
) with (fillfactor = 80);
create index telling_queue_open on telling_queue (is_open, due_before, telling_id);
create index telling_queue_look on telling_queue (look_at) where look_at is not null;
create index telling_queue_remind on telling_queue (remind_at) where remind_at is not null;

-- Deleted: only what nobody wrote.
grant select, insert, update, delete on telling_queue to "$app_role";
