-- Granted requests that are being carried out, found every few seconds among a hundred thousand that are not.
create index rights_queue_under_way on rights_queue (due_before, request_id) where state = 'fulfilling';
