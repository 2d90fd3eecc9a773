-- What was sealed once and for all, sealed again under a newer key. Rows are only ever added, as in the tables they stand beside: whoever can
-- insert here can neither replace nor remove what is there. Several of one place may stand; readers take the newest that opens.

create table ledger_detail_reseal (
  log_shard smallint not null,
  index bigint not null,
  reseal_id uuid not null,
  detail bytea not null check (octet_length(detail) <= 1049600),
  primary key (log_shard, index, reseal_id)
);
alter table ledger_detail_reseal alter column detail set storage external;

create table import_reject_reseal (
  import_id uuid not null,
  line bigint not null,
  field text not null,
  reseal_id uuid not null,
  sealed_line bytea not null,
  primary key (import_id, line, field, reseal_id)
);

grant select, insert on ledger_detail_reseal, import_reject_reseal to "$app_role";

-- Digests of what others named (source keys, files, idempotency keys) stand covered: under which version of the key of covers.
alter table source_key add column key_version integer not null default 1;
alter table import_run add column key_version integer not null default 1;
alter table idempotency_key add column key_version integer not null default 1;
create index source_key_version on source_key (key_version, token);
grant update (key_token, body_token, key_version) on idempotency_key to "$app_role";

-- Signed notes by which one key of the log gives over to the next.
create table log_key_handover (
  handover_id uuid primary key,
  domain text not null,
  note bytea not null check (octet_length(note) <= 65536)
);
grant select, insert on log_key_handover to "$app_role";
