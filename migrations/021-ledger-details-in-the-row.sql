-- Sealed details stay in their entry's row, where one write puts them, and are never offered to the compressor, which cannot win on ciphertext.
-- (Above some 2 KB they went through it, then in pieces into a table of their own: a fifth more work an entry.)
alter table ledger_entry set (toast_tuple_target = 8160);
alter table ledger_entry alter column detail set storage external;
