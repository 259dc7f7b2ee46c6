-- +goose Up
-- The fingerprint of the page that a site answers with for an address that cannot exist.
ALTER TABLE sites ADD COLUMN absent text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sites DROP COLUMN absent;
