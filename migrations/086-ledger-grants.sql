-- Who made and changed which principal is asked for whole reviews: entries of these kinds are found without reading the log.
create index ledger_entry_grants on ledger_entry (log_shard, index) where kind in ('principal', 'grant');
