-- Letters on paper by how far they are: an index of what customers' authority rows say, so that those that wait are found among all that were ever posted.

-- Ids, codes and times alone; words and addresses stand sealed. A row proves nothing: whatever it leads to is read from the letter itself, and what is
-- missing or not true is made anew by a walk over the letters.
create table letter_queue (
  letter_id uuid primary key,
  customer_id uuid not null,
  state text not null check (octet_length(state) between 1 and 32),
  batch_id uuid,
  revision bigint not null check (revision > 0)
) with (fillfactor = 80);
create index letter_queue_state on letter_queue (state, letter_id);

-- Deleted: only what nobody wrote.
grant select, insert, update, delete on letter_queue to "$app_role";
