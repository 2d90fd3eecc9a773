-- What was given to a third party, newest first: read on its page of the register, and whenever it is asked to return or destroy what it has.
create index ledger_entry_recipient on ledger_entry (recipient_id, log_shard, index) where recipient_id is not null;
