-- What packages for third parties hold, encrypted to the recipient's own key or to that of a room; gone once picked up, revoked or expired.
-- The package itself is an authority row, which says the digest that the file must have; a file put back is of no use.
create table package_file (
  package_id uuid primary key,
  file bytea not null check (octet_length(file) <= 16777216),
  expires_at timestamptz not null
);
create index package_file_expires on package_file (expires_at);

grant select, insert, delete on package_file to "$app_role";
