-- Staff as principals, who sign in and hold no token of their own; and whoever is on leave, whose rights rest meanwhile.
alter table principal drop constraint principal_kind_check;
alter table principal add constraint principal_kind_check check (kind in ('client', 'system', 'customer', 'staff'));
alter table principal drop constraint principal_status_check;
alter table principal add constraint principal_status_check check (status in ('active', 'on-leave', 'suspended', 'revoked'));
alter table principal drop constraint principal_expiry_of_client;
alter table principal add constraint principal_expiry_of_client
  check (case kind when 'client' then expires_at is not null when 'staff' then true else expires_at is null end);
