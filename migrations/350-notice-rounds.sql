-- Rounds of a notice: whom a preview found, and what became of each. Ids, codes and numbers alone.

-- Never updated. Which lines a preview has stands under a digest in its sealed authority row: what is added, removed or changed is refused as a whole.
create table notice_line (
  round_id uuid not null,
  line integer not null check (line >= 0 and line < 100000),
  verdict text not null check (verdict in ('due', 'blocked')),
  customer_id uuid not null,
  why text not null check (octet_length(why) <= 32),
  channel text not null check (octet_length(channel) <= 32),
  language text not null check (octet_length(language) <= 8),
  reason text check (octet_length(reason) <= 32),
  primary key (round_id, line)
);
create index notice_line_verdict on notice_line (round_id, verdict, line);

-- Written once, in the transaction that queues the letter or the mail, or that records why not; `seal` is a keyed digest of all of it.
create table notice_outcome (
  round_id uuid not null,
  line integer not null,
  outcome text not null check (outcome in ('sent', 'left')),
  channel text check (octet_length(channel) <= 32),
  reason text check (octet_length(reason) <= 32),
  sent_as uuid,
  seal bytea not null check (octet_length(seal) = 32),
  primary key (round_id, line)
);

-- How far a preview is: for a bar, and for nothing else.
create table notice_progress (
  round_id uuid primary key,
  done bigint not null,
  total bigint not null
) with (fillfactor = 50);

grant select, insert on notice_line, notice_outcome to "$app_role";
grant select, insert, update, delete on notice_progress to "$app_role";
