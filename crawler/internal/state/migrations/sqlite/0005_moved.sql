-- +goose Up
-- What the answers of a source say of its address: the status of the failure, where permanent redirects led and how many
-- readings in a row, and where it stood before it was taken to have moved for good.
ALTER TABLE sources ADD COLUMN status bigint NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN moved_to text NOT NULL DEFAULT '';
ALTER TABLE sources ADD COLUMN moves bigint NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN was text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sources DROP COLUMN status;
ALTER TABLE sources DROP COLUMN moved_to;
ALTER TABLE sources DROP COLUMN moves;
ALTER TABLE sources DROP COLUMN was;
