-- How many a word finds decides between walking along the order of the list and looking the word up. With the default of 100 samples PostgreSQL
-- takes every word that fewer than one of a hundred have for very rare. Expressions of an index are its columns.
alter index account_search alter column 1 set statistics 500;
alter index contact_search alter column 1 set statistics 500;
alter index lead_search    alter column 1 set statistics 500;
