-- Made of the steps by go generate: do not edit.
CREATE TABLE alarms (site bigint NOT NULL, kind text NOT NULL, since bigint NOT NULL, seen bigint NOT NULL, good bigint NOT NULL,
  url text NOT NULL, detail text NOT NULL, PRIMARY KEY (site, kind)) WITHOUT ROWID;
CREATE TABLE aliases (host bigint NOT NULL, uh bigint NOT NULL, ahost bigint NOT NULL, ah bigint NOT NULL, PRIMARY KEY (host, uh)) WITHOUT ROWID;
CREATE INDEX aliases_of ON aliases(ahost, ah);
CREATE TABLE article_versions (host bigint NOT NULL, ah bigint NOT NULL, version bigint NOT NULL, body_hash bigint NOT NULL,
  run bigint NOT NULL, seen bigint NOT NULL, text_hash bigint NOT NULL DEFAULT 0, PRIMARY KEY (host, ah, version)) WITHOUT ROWID;
CREATE INDEX article_versions_hash ON article_versions(host, ah, body_hash);
CREATE TABLE articles (host bigint NOT NULL, ah bigint NOT NULL, uh bigint NOT NULL, site bigint NOT NULL, id text NOT NULL, version bigint NOT NULL,
  body_hash bigint NOT NULL, title_hash bigint NOT NULL, simhash bigint NOT NULL, published bigint NOT NULL, modified bigint NOT NULL,
  first_seen bigint NOT NULL, checks smallint NOT NULL DEFAULT 0, same smallint NOT NULL DEFAULT 0, PRIMARY KEY (host, ah)) WITHOUT ROWID;
CREATE INDEX articles_title ON articles(title_hash, first_seen);
CREATE TABLE claims (host bigint NOT NULL, uh bigint NOT NULL, source bigint NOT NULL, title text NOT NULL, published text NOT NULL,
  updated text NOT NULL, fetched text, language text NOT NULL, publisher text NOT NULL, seen bigint NOT NULL, PRIMARY KEY (host, uh, source)) WITHOUT ROWID;
CREATE TABLE hosts (host bigint PRIMARY KEY, site bigint NOT NULL, name text NOT NULL UNIQUE);
CREATE INDEX hosts_site ON hosts(site);
CREATE TABLE memory (site bigint PRIMARY KEY, seen bigint NOT NULL, articles text NOT NULL);
CREATE TABLE outbox (seq integer PRIMARY KEY AUTOINCREMENT, sink text NOT NULL, part bigint, rec blob NOT NULL);
CREATE INDEX outbox_part ON outbox(sink, part);
CREATE TABLE runs (run bigint NOT NULL, site bigint NOT NULL, epoch bigint NOT NULL, started bigint NOT NULL, ended bigint NOT NULL,
  outcome text NOT NULL, counts text NOT NULL, PRIMARY KEY (site, run)) WITHOUT ROWID;
CREATE TABLE saved (kind text NOT NULL, key text NOT NULL, until bigint NOT NULL, data blob NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE shapes (site bigint NOT NULL, shape text NOT NULL, found bigint NOT NULL, pages bigint NOT NULL, articles bigint NOT NULL,
  closed_until bigint NOT NULL DEFAULT 0, PRIMARY KEY (site, shape)) WITHOUT ROWID;
CREATE TABLE sightings (host bigint NOT NULL, uh bigint NOT NULL, site bigint NOT NULL, ways bigint NOT NULL, published bigint NOT NULL,
  seen bigint NOT NULL, emitted bigint NOT NULL DEFAULT 0, PRIMARY KEY (host, uh)) WITHOUT ROWID;
CREATE INDEX sightings_site ON sightings(site, seen);
CREATE TABLE sinks (sink text PRIMARY KEY, epoch bigint NOT NULL, part bigint NOT NULL, bytes bigint NOT NULL, seq bigint NOT NULL, intent text NOT NULL DEFAULT '', began bigint NOT NULL DEFAULT 0);
CREATE TABLE sites (site bigint PRIMARY KEY, key text NOT NULL UNIQUE, config_rev bigint NOT NULL DEFAULT 0,
  epoch bigint NOT NULL DEFAULT 0, owner text NOT NULL DEFAULT '', lease_until bigint NOT NULL DEFAULT 0,
  next_due bigint, first_seen bigint NOT NULL DEFAULT 0, served bigint NOT NULL DEFAULT 0, memo text NOT NULL DEFAULT '', absent text NOT NULL DEFAULT '');
CREATE INDEX sites_due ON sites(next_due) WHERE next_due IS NOT NULL;
CREATE TABLE sources (source bigint PRIMARY KEY, site bigint NOT NULL, kind text NOT NULL, url text NOT NULL, parent bigint NOT NULL DEFAULT 0,
  next_due bigint, interval_s bigint NOT NULL, etag text NOT NULL DEFAULT '', last_modified text NOT NULL DEFAULT '', digest text NOT NULL DEFAULT '',
  fails bigint NOT NULL DEFAULT 0, failed_since bigint NOT NULL DEFAULT 0, polls bigint NOT NULL DEFAULT 0, found bigint NOT NULL DEFAULT 0,
  newest bigint NOT NULL DEFAULT 0, first_seen bigint NOT NULL, last_read bigint NOT NULL DEFAULT 0, note text NOT NULL DEFAULT '', items text NOT NULL DEFAULT '', status bigint NOT NULL DEFAULT 0, moved_to text NOT NULL DEFAULT '', moves bigint NOT NULL DEFAULT 0, was text NOT NULL DEFAULT '', least_s bigint NOT NULL DEFAULT 0, quiet bigint NOT NULL DEFAULT 0, answered text NOT NULL DEFAULT '');
CREATE INDEX sources_site ON sources(site, next_due);
CREATE TABLE twins (site bigint NOT NULL, host text NOT NULL, main text NOT NULL, agreed bigint NOT NULL, until bigint NOT NULL,
  PRIMARY KEY (site, host)) WITHOUT ROWID;
CREATE TABLE urls (host bigint NOT NULL, uh bigint NOT NULL, first_seen bigint NOT NULL, last_seen bigint NOT NULL,
  next_due bigint, state smallint NOT NULL, tries smallint NOT NULL DEFAULT 0, rank bigint NOT NULL DEFAULT 0,
  source bigint NOT NULL DEFAULT 0, path text NOT NULL, PRIMARY KEY (host, uh)) WITHOUT ROWID;
CREATE INDEX urls_due ON urls(host, rank) WHERE next_due IS NOT NULL;
CREATE TABLE validators (host bigint NOT NULL, uh bigint NOT NULL, etag text NOT NULL, last_modified text NOT NULL, PRIMARY KEY (host, uh)) WITHOUT ROWID;
