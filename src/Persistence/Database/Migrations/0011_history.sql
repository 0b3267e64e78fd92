-- Entries of the audit hold the hashes of the rows that they are about. unsealed: 1 while rows that were stored before have no entry that vouches
-- for them; the next start of the program adds it.
ALTER TABLE audit_head ADD COLUMN unsealed BIGINT NOT NULL DEFAULT 0;
UPDATE audit_head SET unsealed = 1 WHERE EXISTS (SELECT 1 FROM model_version);
