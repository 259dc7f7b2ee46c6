-- +goose Up
-- Addresses that sources claim as articles, as long as recall looks back: ways is a set of bits, one a kind of source.
CREATE TABLE sightings (host bigint NOT NULL, uh bigint NOT NULL, site bigint NOT NULL, ways bigint NOT NULL, published bigint NOT NULL,
  seen bigint NOT NULL, emitted bigint NOT NULL DEFAULT 0, PRIMARY KEY (host, uh)) WITHOUT ROWID;
CREATE INDEX sightings_site ON sightings(site, seen);

-- Which items a feed had at its last reading.
ALTER TABLE sources ADD COLUMN items text NOT NULL DEFAULT '';

-- What an output is about to be renamed to, and when its first line was written.
ALTER TABLE sinks ADD COLUMN intent text NOT NULL DEFAULT '';
ALTER TABLE sinks ADD COLUMN began bigint NOT NULL DEFAULT 0;

-- +goose Down
DROP TABLE sightings;
ALTER TABLE sources DROP COLUMN items;
ALTER TABLE sinks DROP COLUMN intent;
ALTER TABLE sinks DROP COLUMN began;
