-- +goose Up
-- What the latest articles of a site hold, in one value that is read and written as a whole (extract.Memory).
-- The table that stood in its place was never written.
DROP TABLE memory;
CREATE TABLE memory (site bigint PRIMARY KEY, seen bigint NOT NULL, articles text NOT NULL);

-- The hash of what came out as this version; body_hash is that of the page without what is known of its site.
ALTER TABLE article_versions ADD COLUMN text_hash bigint NOT NULL DEFAULT 0;

-- +goose Down
DROP TABLE memory;
CREATE TABLE memory (site bigint NOT NULL, block bigint NOT NULL, pages bigint NOT NULL, seen bigint NOT NULL, PRIMARY KEY (site, block));
ALTER TABLE article_versions DROP COLUMN text_hash;
