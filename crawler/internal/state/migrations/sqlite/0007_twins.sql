-- +goose Up
-- Hosts of a site that show the pages of another host of it, as its pages taught: agreed counts those that said so, in a row.
CREATE TABLE twins (site bigint NOT NULL, host text NOT NULL, main text NOT NULL, agreed bigint NOT NULL, until bigint NOT NULL,
  PRIMARY KEY (site, host)) WITHOUT ROWID;

-- +goose Down
DROP TABLE twins;
