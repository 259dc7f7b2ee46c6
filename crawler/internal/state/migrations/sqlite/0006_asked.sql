-- +goose Up
-- How a source asks to be read: not before so many seconds, and not in the hours (bits 0 to 23, UTC) and on the days (from
-- bit 24, Sunday first) of quiet.
ALTER TABLE sources ADD COLUMN least_s bigint NOT NULL DEFAULT 0;
ALTER TABLE sources ADD COLUMN quiet bigint NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE sources DROP COLUMN least_s;
ALTER TABLE sources DROP COLUMN quiet;
