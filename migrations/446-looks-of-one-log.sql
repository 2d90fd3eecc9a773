-- What somebody did is read from the log that was opened alone: rows on another shard are nobody's evidence. The shard comes first, so that each question is
-- still answered from its index without the table.
create index ledger_entry_seen on ledger_entry (log_shard, actor_id, customer_id, at) include (outcome, withheld) where actor_id is not null;
create index ledger_subject_seen on ledger_subject (log_shard, actor_id, customer_id, at) include (outcome, withheld) where actor_id is not null;
create index ledger_entry_searches on ledger_entry (log_shard, actor_id, at) where kind = 'search';
drop index ledger_entry_actor;
drop index ledger_subject_actor;
drop index ledger_entry_search;
