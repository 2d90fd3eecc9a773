-- Disposals: what a preview found, what became of each unit, the certificate of the run. Ids, codes, days and numbers alone.

-- Never updated. Which lines a preview has stands under a digest in its sealed authority row: what is added, removed or changed is refused as a whole.
create table disposal_line (
  disposal_id uuid not null,
  line integer not null check (line >= 0 and line < 100000),
  verdict text not null check (verdict in ('due', 'blocked', 'unjudged')),
  customer_id uuid not null,
  unit_id uuid not null,
  kind text not null check (octet_length(kind) <= 32),
  entity text not null check (octet_length(entity) <= 64),
  business text not null check (octet_length(business) <= 64),
  rule text check (octet_length(rule) <= 64),
  source text check (octet_length(source) <= 32),
  due_on text check (octet_length(due_on) <= 16),
  reason text check (octet_length(reason) <= 32),
  primary key (disposal_id, line)
);
create index disposal_line_verdict on disposal_line (disposal_id, verdict, line);

-- Written once, in the transaction that erases or that records why not; `seal` is a keyed digest of all of it.
create table disposal_outcome (
  disposal_id uuid not null,
  line integer not null,
  outcome text not null check (outcome in ('erased', 'left')),
  reason text check (octet_length(reason) <= 32),
  erasure_id uuid,
  seal bytea not null check (octet_length(seal) = 32),
  primary key (disposal_id, line)
);

-- How far a preview is: for a bar, and for nothing else.
create table disposal_progress (
  disposal_id uuid primary key,
  done bigint not null,
  total bigint not null
) with (fillfactor = 50);

-- Its digest stands in the authority row and in the ledger.
create table disposal_certificate (
  disposal_id uuid primary key,
  certificate bytea not null check (octet_length(certificate) <= 4000000)
);

grant select, insert on disposal_line, disposal_outcome, disposal_certificate to "$app_role";
grant select, insert, update, delete on disposal_progress to "$app_role";
