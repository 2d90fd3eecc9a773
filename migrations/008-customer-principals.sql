-- Customers as principals: each stands for one customer, whose file and links say what may be seen. No token stands for one by itself.
alter table principal add column customer_id uuid;
alter table principal drop constraint principal_kind_check;
alter table principal add constraint principal_kind_check check (kind in ('client', 'system', 'customer'));
alter table principal drop constraint principal_check;
alter table principal drop constraint principal_check1;
alter table principal add constraint principal_secret_of_client check ((kind = 'client') = (secret is not null));
alter table principal add constraint principal_expiry_of_client check ((kind = 'client') = (expires_at is not null));
alter table principal add constraint principal_customer_of_customer check ((kind = 'customer') = (customer_id is not null));
-- Two processes in which a customer signs in for the first time make one principal between them.
create unique index principal_one_customer on principal (customer_id) where kind = 'customer';
