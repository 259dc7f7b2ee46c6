-- +goose Up
-- Which address gave the validators of a source: behind a redirect not its own.
ALTER TABLE sources ADD COLUMN answered text NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE sources DROP COLUMN answered;
