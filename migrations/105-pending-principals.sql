-- Clients that wait for a second person are looked for each time an administrator's day begins; customers, of whom there may be millions, are none of them.
create index principal_pending on principal (principal_id) where status = 'pending';
