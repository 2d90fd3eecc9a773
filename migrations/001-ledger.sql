-- The ledger: one row a leaf, appended under one short row lock a batch, never updated, never deleted.

create table ledger_head (
  log_shard smallint primary key,
  origin text not null,
  size bigint not null check (size >= 0)
) with (fillfactor = 10);

create table ledger_entry (
  log_shard smallint not null,
  index bigint not null check (index >= 0),
  entry_id uuid not null,
  at timestamptz not null,
  leaf bytea not null check (octet_length(leaf) = 41),
  kind text not null,
  outcome text not null,
  actor_id uuid,
  customer_id uuid,
  recipient_id uuid,
  purpose text,
  basis text,
  classes integer not null,
  withheld boolean not null,
  detail bytea not null check (octet_length(detail) <= 1049600),
  primary key (log_shard, index),
  unique (log_shard, entry_id)
);
create index ledger_entry_customer on ledger_entry (customer_id, log_shard, index) where customer_id is not null;
-- Answers "which customers did this principal see" from the index alone, page by page in the order of customers: a page reads its own
-- customers' entries and no others, however many the principal made.
create index ledger_entry_actor on ledger_entry (actor_id, customer_id, at) include (outcome, withheld) where actor_id is not null;
-- Counts a principal's searches of late, before each search: guesses are capped.
create index ledger_entry_search on ledger_entry (actor_id, at) where kind = 'search';

-- The customers of an entry that speaks of several (a batch disclosure, a search, an import). Actor, time and withholding repeat the entry's.
create table ledger_subject (
  log_shard smallint not null,
  index bigint not null,
  customer_id uuid not null,
  outcome text not null,
  classes integer not null,
  actor_id uuid,
  at timestamptz not null,
  withheld boolean not null,
  primary key (log_shard, customer_id, index)
);
create index ledger_subject_actor on ledger_subject (actor_id, customer_id, at) include (outcome, withheld) where actor_id is not null;
create index ledger_subject_index on ledger_subject (log_shard, index);

-- Hashes of complete subtrees, 256 to a full tile; the rightmost tile of a level grows until it is full.
create table ledger_tile (
  log_shard smallint not null,
  level smallint not null,
  number bigint not null,
  hashes bytea not null check (octet_length(hashes) between 32 and 8192 and octet_length(hashes) % 32 = 0),
  primary key (log_shard, level, number)
);

-- What was last published. The note is empty until the first checkpoint.
create table ledger_checkpoint (
  log_shard smallint primary key,
  size bigint not null,
  root bytea not null check (octet_length(root) = 32),
  note bytea not null check (octet_length(note) <= 65536),
  at timestamptz not null
);

-- A published tile only grows and a published tree never shrinks, whoever writes. (The signer checks this again outside the database.)
create function ledger_tile_grows() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if substring(new.hashes for octet_length(old.hashes)) <> old.hashes then
    raise exception 'a published tile cannot change' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create trigger ledger_tile_grows before update on ledger_tile for each row execute function ledger_tile_grows();

create function ledger_checkpoint_grows() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp
as $$
begin
  if new.size < old.size or (new.size = old.size and new.root <> old.root) then
    raise exception 'a published tree cannot shrink or change' using errcode = 'integrity_constraint_violation';
  end if;
  return new;
end
$$;
create trigger ledger_checkpoint_grows before update on ledger_checkpoint for each row execute function ledger_checkpoint_grows();

-- Makes the log's rows when they are absent, and returns the origin it has: the caller compares. Safe when two processes start together.
create function ledger_open(p_log_shard smallint, p_origin text) returns text
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
as $$
declare
  v_origin text;
begin
  insert into ledger_head (log_shard, origin, size) values (p_log_shard, p_origin, 0) on conflict do nothing;
  -- RFC 6962 2.1: the root of the empty tree is the hash of the empty string.
  insert into ledger_checkpoint (log_shard, size, root, note, at)
    values (p_log_shard, 0, sha256(''::bytea), ''::bytea, now()) on conflict do nothing;
  select h.origin into strict v_origin from ledger_head h where h.log_shard = p_log_shard;
  return v_origin;
end
$$;
revoke all on function ledger_open from public;

-- Sequences a batch. Under the head's row lock, with a snapshot taken after it (READ COMMITTED, volatile), it rechecks the revisions each
-- decision rested on. INVARIANT: whoever changes a principal, a customer's authority state or the policy set appends its own entry in the
-- same transaction after its writes, so that such a change is either visible here or ordered after this batch.
-- `p_customers` pairs with `p_customer_revisions`; null revisions are not checked; a subject names its entry by ordinal, from 1. A missing
-- row is stale. Leaves and details come end to end, since arrays of bytes cost several times as much to parse. Returns one row an entry,
-- in order: its index, or null when stale; indexes are consecutive from the log's size.
create function ledger_append(
  p_log_shard smallint,
  p_entry_ids uuid[], p_at bigint[], p_leaves bytea, p_kinds text[], p_outcomes text[], p_actors uuid[], p_customers uuid[],
  p_recipients uuid[], p_purposes text[], p_bases text[], p_classes integer[], p_withheld boolean[], p_details bytea, p_detail_sizes integer[],
  p_actor_revisions bigint[], p_customer_revisions bigint[], p_policy_revisions bigint[],
  p_subject_ordinals integer[], p_subject_customers uuid[], p_subject_outcomes text[], p_subject_classes integer[],
  p_subject_revisions bigint[]
) returns table (ordinal integer, index bigint)
language plpgsql volatile security definer set search_path = pg_catalog, public, pg_temp
-- Looked up by key, always: plans made while the tables were small would read them whole, under the head's lock, until they are next analysed.
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
as $$
#variable_conflict use_column
declare
  v_size bigint;
  v_policy bigint;
  v_stale integer[] := '{}';
  v_indexes bigint[];
begin
  select h.size into strict v_size from ledger_head h where h.log_shard = p_log_shard for update;
  select s.revision into v_policy from policy_state s where s.id = 1;
  if cardinality(p_subject_ordinals) > 0 then
    select coalesce(array_agg(distinct u.ord), '{}') into v_stale
    from unnest(p_subject_ordinals, p_subject_customers, p_subject_revisions) as u(ord, customer_id, revision)
    left join customer c on c.customer_id = u.customer_id
    where u.revision is not null and u.revision is distinct from c.revision;
  end if;
  -- Each entry's index, null where stale. No joins of the batch with itself: those would be quadratic.
  select array_agg(case when judged.fresh then v_size + judged.place - 1 end order by judged.ord) into v_indexes
  from (
    select guard.ord, guard.fresh, count(*) filter (where guard.fresh) over (order by guard.ord) as place
    from (
      select u.ord, coalesce((u.policy_revision is null or u.policy_revision = v_policy)
        and (u.actor_revision is null or u.actor_revision = p.revision)
        and (u.customer_revision is null or u.customer_revision = c.revision)
        and not u.ord = any(v_stale), false) as fresh
      from unnest(p_actors, p_customers, p_actor_revisions, p_customer_revisions, p_policy_revisions) with ordinality
        as u(actor_id, customer_id, actor_revision, customer_revision, policy_revision, ord)
      left join principal p on p.principal_id = u.actor_id and u.actor_revision is not null
      left join customer c on c.customer_id = u.customer_id and u.customer_revision is not null
    ) as guard
  ) as judged;
  insert into ledger_entry (log_shard, index, entry_id, at, leaf, kind, outcome, actor_id, customer_id, recipient_id, purpose, basis,
      classes, withheld, detail)
    select p_log_shard, u.new_index, u.entry_id, to_timestamp(u.at), substring(p_leaves from (u.ord * 41 - 40)::integer for 41), u.kind,
      u.outcome, u.actor_id, u.customer_id, u.recipient_id, u.purpose, u.basis, u.classes, u.withheld,
      substring(p_details from (u.detail_end - u.detail_size + 1)::integer for u.detail_size)
    from (
      select t.*, sum(t.detail_size) over (order by t.ord) as detail_end
      from unnest(v_indexes, p_entry_ids, p_at, p_kinds, p_outcomes, p_actors, p_customers, p_recipients, p_purposes, p_bases, p_classes,
          p_withheld, p_detail_sizes) with ordinality
        as t(new_index, entry_id, at, kind, outcome, actor_id, customer_id, recipient_id, purpose, basis, classes, withheld, detail_size, ord)
    ) as u
    where u.new_index is not null;
  if cardinality(p_subject_ordinals) > 0 then
    insert into ledger_subject (log_shard, index, customer_id, outcome, classes, actor_id, at, withheld)
      select p_log_shard, v_indexes[u.ord], u.customer_id, u.outcome, u.classes, p_actors[u.ord], to_timestamp(p_at[u.ord]), p_withheld[u.ord]
      from unnest(p_subject_ordinals, p_subject_customers, p_subject_outcomes, p_subject_classes)
        as u(ord, customer_id, outcome, classes)
      where v_indexes[u.ord] is not null;
  end if;
  update ledger_head h set size = v_size + (select count(*) from unnest(v_indexes) as n where n is not null)
    where h.log_shard = p_log_shard;
  return query select u.ord::integer, u.n from unnest(v_indexes) with ordinality as u(n, ord);
end
$$;
revoke all on function ledger_append from public;

grant select on ledger_head, ledger_entry, ledger_subject, ledger_tile, ledger_checkpoint to "$app_role";
grant insert on ledger_tile to "$app_role";
grant update (hashes) on ledger_tile to "$app_role";
grant update (size, root, note, at) on ledger_checkpoint to "$app_role";
grant execute on function ledger_open, ledger_append to "$app_role";
