-- The queue of customers' requests under their rights: an index of what their authority rows say, so that a hundred thousand open ones can be listed by due date.

-- Ids, codes and times alone; what was asked stands sealed in the authority row of the same id, of whose revision this row is. Every row has a MAC.
create table rights_queue (
  request_id uuid primary key,
  customer_id uuid not null,
  kind text not null check (octet_length(kind) <= 64),
  rule text not null check (octet_length(rule) <= 64),
  state text not null check (octet_length(state) <= 32),
  identity text not null check (octet_length(identity) <= 32),
  is_duplicate boolean not null,
  is_stopped boolean not null,
  is_open boolean not null,
  received_at timestamptz not null,
  due_before timestamptz not null,
  due_what text not null check (octet_length(due_what) <= 32),
  assignee_id uuid,
  remind_at timestamptz not null,
  revision bigint not null check (revision > 0),
  mac bytea not null check (octet_length(mac) = 36)
) with (fillfactor = 80);
create index rights_queue_due on rights_queue (is_open, due_before, request_id);
create index rights_queue_assignee on rights_queue (assignee_id, due_before, request_id) where is_open;
create index rights_queue_unassigned on rights_queue (due_before, request_id) where is_open and assignee_id is null;
create index rights_queue_remind on rights_queue (remind_at) where is_open;

-- Deleted: only what nobody wrote.
grant select, insert, update, delete on rights_queue to "$app_role";
