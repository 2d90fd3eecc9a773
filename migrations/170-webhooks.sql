-- Deliveries of events to other systems: one row a webhook and entry of the ledger. Ids, codes and times only. A row proves nothing: what is sent is read
-- from the ledger and held against the webhook once more, so that a forged row repeats what is true, and a deleted one is made good by a replay.
create table webhook_delivery (
  webhook_id uuid not null,
  entry_id uuid not null,
  entry_index bigint not null check (entry_index >= 0),
  type text not null check (octet_length(type) between 1 and 64),
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null check (attempts >= 0),
  -- While it waits: when it is tried next. Afterwards: when it ended.
  due_at timestamptz not null,
  outcome text check (octet_length(outcome) between 1 and 64),
  status integer check (status between 0 and 999),
  made_at timestamptz not null default now(),
  primary key (webhook_id, entry_id)
) with (fillfactor = 70);

create index webhook_delivery_due on webhook_delivery (webhook_id, due_at) where state = 'waiting';
create index webhook_delivery_ended on webhook_delivery (due_at) where state <> 'waiting';

grant select, insert, delete on webhook_delivery to "$app_role";
grant update (state, attempts, due_at, outcome, status) on webhook_delivery to "$app_role";
