-- Who was given a token, for what and when: for those who answer for it, and so that what a third party should no longer ask about can be retired.
-- It informs and grants nothing, so the row's mac does not cover it; rows from before know none of it.
alter table issued_token
  add column receiver uuid,
  add column purpose text check (purpose ~ '^[a-z-]{1,40}$'),
  add column style text check (style ~ '^[a-z-]{1,40}$'),
  add column given_at timestamptz,
  add column last_at timestamptz,
  add column traced_at timestamptz;
create index issued_token_receiver on issued_token (receiver, field) where receiver is not null;
grant update (last_at, traced_at), delete on issued_token to "$app_role";
